/**
 * What the Electron of tests, demo and start is told about this machine. Chromium refuses to start as root with its
 * sandbox on; everyone else keeps it.
 */
export function electronSwitches(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Ends the process in words where there is no display to open a window on. */
export function requireDisplay(): void {
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env;
  if (process.platform !== 'linux' || x11 || wayland) return;
  console.error('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). Try: npm run demo');
  process.exit(1);
}
