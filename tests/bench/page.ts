import type { Page } from 'playwright';
import type { Bridge, CallArgs, CallName, CallResult } from '../../src-shared/ipc/contract';
import { launchFlint, type Launched } from '../desktop/app';
import type { Desktop } from '../desktop/desktop';

/** Asks main what its window could ask. */
export async function ask<N extends CallName>(
  page: Page,
  name: N,
  args: CallArgs<N>,
): Promise<CallResult<N>> {
  const answer = await page.evaluate(
    ([n, a]) => (globalThis as unknown as { readonly api: Bridge }).api.call(n, a),
    [name, args] as const,
  );
  const outcome = (typeof answer === 'string' ? JSON.parse(answer) : answer) as {
    readonly ok: boolean;
    readonly value?: unknown;
  };
  if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  return outcome.value as CallResult<N>;
}

export async function accountOf(page: Page) {
  const [shown] = (await ask(page, 'app.state', {})).value.accounts;
  if (!shown) throw new Error('nobody is signed in');
  return shown.account.id;
}

export async function withFlint<T>(
  desktop: Desktop,
  userData: string,
  run: (flint: Launched) => Promise<T>,
): Promise<T> {
  const flint = await launchFlint({ desktop, userData });
  try {
    return await run(flint);
  } finally {
    await flint.close();
  }
}

/** So many frames of scrolling what is around or in that element, each so many pixels on: how long each took, in milliseconds. */
export const scroll = (selector: string, step: number, frames = 200): string => `new Promise((resolve) => {
  const scrolls = (one) => one.scrollHeight > one.clientHeight + 10 && /auto|scroll/.test(getComputedStyle(one).overflowY);
  const start = document.querySelector(${JSON.stringify(selector)});
  let pane = start;
  while (pane && !scrolls(pane)) pane = pane.parentElement;
  pane ??= [...start.querySelectorAll('*')].find(scrolls);
  const frames = [];
  let last = performance.now();
  const next = (now) => {
    frames.push(now - last);
    last = now;
    pane.scrollTop += ${String(step)};
    if (frames.length < ${String(frames)}) requestAnimationFrame(next);
    else resolve(frames.slice(1));
  };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(next); });
})`;
