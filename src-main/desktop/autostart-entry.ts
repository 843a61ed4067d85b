/** @param command executable and arguments */
export const autostartEntry = (command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Flint',
    `Exec=${command.map(quoteExec).join(' ')}`,
    'Icon=flint',
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/** Desktop Entry Specification 1.5, "The Exec key": quoted, with the string escapes on top. */
const quoteExec = (argument: string): string =>
  `"${argument
    .replace(/[`$"\\]/g, '\\$&')
    .replace(/\\/g, '\\\\')
    .replace(/%/g, '%%')}"`;
