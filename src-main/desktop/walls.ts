import { app, type Session, type WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol';
import { devServer } from './dev-server';
import { muteSpelling } from './spelling';

/** All that a page may ask for: "copy" buttons, and a video as large as the screen. The rest is refused without asking anybody. */
const ALLOWED_PERMISSIONS: readonly string[] = ['clipboard-sanitized-write', 'fullscreen'];

/**
 * What no page may do, whatever becomes of it (T32): go elsewhere, open windows, embed pages, have permissions, reach
 * the network. Certificates are not looked at here: no window ever loads anything over TLS.
 *
 * @param openLink a link that wants a new window is offered to the gate for links (T23)
 */
export const raiseWalls = (openLink: (url: string) => void): void => {
  app.on('session-created', wallSession);
  app.on('web-contents-created', (_, contents) => {
    wallContents(contents, openLink);
  });
};

function wallContents(contents: WebContents, openLink: (url: string) => void): void {
  const refuse = (event: { preventDefault(): void }): void => {
    event.preventDefault();
  };
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}

function wallSession(session: Session): void {
  muteSpelling(session);
  session.setPermissionRequestHandler((_, permission, answer, details) => {
    const ours = details.isMainFrame && originOf(details.requestingUrl) === APP_ORIGIN;
    answer(ours && ALLOWED_PERMISSIONS.includes(permission));
  });
  session.setPermissionCheckHandler(
    (_, permission, origin) => ALLOWED_PERMISSIONS.includes(permission) && originOf(origin) === APP_ORIGIN,
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOwn(details.url) });
  });
}

/** URL's own `origin` is "null" for schemes that it does not know. */
const originOf = (url: string): string | null => {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
};

function isOwn(url: string): boolean {
  if (devServer !== null && new URL(url).host === new URL(devServer).host) return true;
  return /^(app|flint-media|data|blob|devtools|chrome-extension):/.test(url);
}
