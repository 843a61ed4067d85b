import { app, BrowserWindow, session, type Session } from 'electron';
import { randomUUID } from 'node:crypto';
import { PaperError, type Paper } from '../ports';

/** In memory alone: nothing of a page is left on the disk. */
const PARTITION = 'paper';
const ORIGIN = 'app://paper/';
/** Where paper is cut in inches. */
const LETTER = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO']);
const INCH = { margin: 0.6, foot: 0.8 };
const FOOTER =
  '<div style="width:100%;text-align:center;font:8px sans-serif;color:#555"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';

/**
 * Pages in a hidden window of their own: no scripts, no pictures, nothing loaded but the page itself (T13, T32). The window
 * goes as soon as the page is on paper.
 */
export const createPaper = (): Paper => {
  const pages = new Map<string, string>();
  let own: Session | null = null;
  const ownSession = (): Session => {
    if (own) return own;
    own = session.fromPartition(PARTITION);
    own.webRequest.onBeforeRequest(({ url }, answer) => {
      answer({ cancel: !pages.has(url) });
    });
    own.protocol.handle('app', ({ url }) => {
      const page = pages.get(url);
      if (page === undefined) return new Response(null, { status: 404 });
      return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } });
    });
    return own;
  };

  /** Runs with the page in its window; what the window breaks is a PaperError, as what `run` throws is. */
  const withPage = async <T>(html: string, run: (window: BrowserWindow) => Promise<T>): Promise<T> => {
    const url = ORIGIN + randomUUID();
    pages.set(url, html);
    const window = new BrowserWindow({
      show: false,
      skipTaskbar: true,
      webPreferences: {
        session: ownSession(),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
        images: false,
        webgl: false,
        devTools: false,
        spellcheck: false,
      },
    });
    const gone = new Promise<never>((_, reject) => {
      window.webContents.once('render-process-gone', (_event, { reason }) => {
        reject(new PaperError(reason));
      });
    });
    try {
      return await Promise.race([window.loadURL(url).then(() => run(window)), gone]);
    } catch (error) {
      throw error instanceof PaperError ? error : new PaperError(error instanceof Error ? error.message : '');
    } finally {
      pages.delete(url);
      window.destroy();
    }
  };

  return {
    pdf: (html) =>
      withPage(html, ({ webContents }) =>
        webContents.printToPDF({
          pageSize: LETTER.has(app.getLocaleCountryCode()) ? 'Letter' : 'A4',
          printBackground: true,
          generateTaggedPDF: true,
          margins: { top: INCH.margin, left: INCH.margin, right: INCH.margin, bottom: INCH.foot },
          displayHeaderFooter: true,
          headerTemplate: '<span></span>',
          footerTemplate: FOOTER,
        }),
      ),
    print: (html) =>
      withPage(
        html,
        ({ webContents }) =>
          new Promise<boolean>((resolve, reject) => {
            webContents.print({ silent: false, printBackground: true }, (printed, reason) => {
              if (printed || /cancel/i.test(reason)) resolve(printed);
              else reject(new PaperError(reason));
            });
          }),
      ),
  };
};
