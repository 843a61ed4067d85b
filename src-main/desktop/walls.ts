import { app, type Session, type WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol';
import { systemClock } from './clock';
import { devServer } from './dev-server';
import { createMicrophone, systemLetsHear, type Microphone } from './microphone';
import { muteSpelling } from './spelling';

/**
 * All that a page may ask for, beside the microphone (microphone.ts): "copy" buttons, and a video as large as the screen. The
 * rest is refused without asking anybody, the camera too.
 */
const ALLOWED_PERMISSIONS: readonly string[] = ['clipboard-sanitized-write', 'fullscreen'];

/**
 * What no page may do, whatever becomes of it (T32): go elsewhere, open windows, embed pages, have permissions, reach
 * the network. Certificates are not looked at here: no window ever loads anything over TLS.
 *
 * @param openLink a link that wants a new window is offered to the gate for links (T23)
 */
export const raiseWalls = (openLink: (url: string) => void): Pick<Microphone, 'wasPressed'> => {
  const microphone = createMicrophone(systemClock);
  app.on('session-created', (session) => {
    wallSession(session, microphone);
  });
  app.on('web-contents-created', (_, contents) => {
    wallContents(contents, openLink);
    microphone.watch(contents);
  });
  return microphone;
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

function wallSession(session: Session, microphone: Microphone): void {
  muteSpelling(session);
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const ours = details.isMainFrame && originOf(details.requestingUrl) === APP_ORIGIN;
    if (permission !== 'media') {
      answer(ours && ALLOWED_PERMISSIONS.includes(permission));
      return;
    }
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const soundAlone = kinds.length === 1 && kinds[0] === 'audio';
    if (!ours || !soundAlone || !microphone.mayHear(contents)) answer(false);
    else void systemLetsHear().then(answer, () => answer(false));
  });
  session.setPermissionCheckHandler((contents, permission, origin, { mediaType }) => {
    if (originOf(origin) !== APP_ORIGIN) return false;
    if (permission === 'media') return mediaType === 'audio' && microphone.mayHear(contents);
    return ALLOWED_PERMISSIONS.includes(permission);
  });
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
