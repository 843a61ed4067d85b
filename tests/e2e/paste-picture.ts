import type { Page } from 'playwright';

/** Pastes a photograph of 2400 × 1350 pixels into the composer: so large that one is asked how large it is to go. */
export const pasteLargePicture = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2_400, 1_350);
    const draw = canvas.getContext('2d')!;
    for (let y = 0; y < 1_350; y += 6)
      for (let x = 0; x < 2_400; x += 6) {
        draw.fillStyle = `hsl(${String(200 + y / 20)} ${String(30 + ((x * y) % 31))}% ${String(70 - y / 30)}%)`;
        draw.fillRect(x, y, 6, 6);
      }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob], 'harbour.jpg', { type: 'image/jpeg' }));
    document
      .querySelector('textarea.text')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
