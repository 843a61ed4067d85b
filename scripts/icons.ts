/**
 * npm run icons: draws the icons of the app and of the tray from their vectors, in the real Electron, into assets/.
 * What it writes is committed; it runs only after a drawing has changed. Without a display: xvfb-run -a npm run icons
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { _electron, type Page } from 'playwright';
import { findElectron } from './electron/find-electron';
import { electronSwitches, requireDisplay } from './electron/switches';
import { overlayNames } from '../src-main/desktop/unread-badge';
import { drawCount } from './icons/count-drawing';
import { drawTray, trayPanels, trayStates } from './icons/tray-drawing';
import { root } from './support/paths';

const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Suffixes as nativeImage reads them. */
const TRAY_SCALES = { '': 16, '@1.25x': 20, '@1.5x': 24, '@2x': 32, '@3x': 48 } as const;
const assets = join(root, 'assets');
const work = join(root, 'out', 'icons');

async function main(): Promise<void> {
  requireDisplay();
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'package.json'), JSON.stringify({ main: 'main.cjs' }));
  writeFileSync(
    join(work, 'main.cjs'),
    "const { app, BrowserWindow } = require('electron'); app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('about:blank'));",
  );
  const electron = await findElectron();
  const app = await _electron.launch({
    executablePath: electron.path,
    args: [work, ...electronSwitches()],
    env: { ...process.env } as Record<string, string>,
  });
  try {
    await drawAll(await app.firstWindow());
  } finally {
    await app.close();
    rmSync(work, { recursive: true });
  }
}

async function drawAll(page: Page): Promise<void> {
  const icon = readFileSync(join(assets, 'icon.svg'), 'utf8');
  for (const size of APP_SIZES) {
    write(`icons/${String(size)}x${String(size)}.png`, await rasterize(page, icon, size));
  }
  rmSync(join(assets, 'tray'), { recursive: true, force: true });
  for (const words of overlayNames) {
    for (const [suffix, size] of Object.entries(TRAY_SCALES))
      write(`tray/count/${words}${suffix}.png`, await rasterize(page, drawCount(words), size));
  }
  for (const panel of trayPanels) {
    for (const state of trayStates) {
      for (const unread of [false, true]) {
        const svg = drawTray(state, panel, unread);
        for (const [suffix, size] of Object.entries(TRAY_SCALES)) {
          if (panel === 'template' && !Number.isInteger(size / 16)) continue; // macOS has whole scales only
          const name = `${state}${unread ? '-unread' : ''}${panel === 'template' ? 'Template' : ''}${suffix}`;
          write(`tray/${panel}/${name}.png`, await rasterize(page, svg, size));
        }
      }
    }
  }
}

async function rasterize(page: Page, svg: string, size: number): Promise<Buffer> {
  const url = await page.evaluate(
    async ({ svg: source, size: pixels }) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(source.replace(/(<svg[^>]*?) width="\d+" height="\d+"/, `$1 width="${String(pixels)}" height="${String(pixels)}"`))}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = pixels;
      canvas.getContext('2d')?.drawImage(image, 0, 0, pixels, pixels);
      return canvas.toDataURL('image/png');
    },
    { svg, size },
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

function write(name: string, bytes: Buffer): void {
  const file = join(assets, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

await main();
