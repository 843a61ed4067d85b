/** Debian packages that Electron needs to run on a bare machine, and those that make a desktop around it in tests. */
export const desktopPackages: readonly string[] = [
  'xvfb',
  'xauth',
  'openbox',
  'libnss3',
  'libgtk-3-0',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libnotify4',
  'libsecret-1-0',
  'gnome-keyring',
  'dbus',
  // What our own package asks for.
  'xdg-utils',
  'unzip',
  'openssl',
  'fonts-noto-cjk',
  'fonts-noto-color-emoji',
];
