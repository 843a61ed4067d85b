/** @xmpp/client's stream engine, with our socket and our parser, and without its second guesses. */
import { Client } from '@xmpp/client-core';
import ConnectionWebSocket from '@xmpp/websocket/lib/Connection.js';
import Socket from '@xmpp/websocket/lib/Socket.js';
import { xml, type Element } from './xml';
import type { WebSocket } from 'ws';
import type { Clock } from '../../ports';
import { ns } from './namespaces';
import { redactedXml } from './redact';
import { MalformedFrame, StrictParser } from './strict-parser';

/** Takes over a WebSocket that connect-socket.ts has opened, TLS checked. */
class AdoptedSocket extends Socket {
  override connect(opened: unknown): void {
    const socket = opened as WebSocket;
    this.url = socket.url;
    this.secure = socket.url.startsWith('wss:');
    this._attachSocket(socket);
    // The base class listens only once this has returned.
    queueMicrotask(() => this.emit('connect'));
  }
}

/** @xmpp/websocket's transport with our parts; the base class makes socket and parser itself, without arguments. */
const transportWith = (clock: Clock, signedIn: () => boolean): typeof ConnectionWebSocket => {
  class Parser extends StrictParser {
    constructor() {
      super(clock, signedIn);
    }
  }
  class Transport extends ConnectionWebSocket {}
  const socketParameters = (opened: unknown): unknown => opened;
  Object.assign(Transport.prototype, { Socket: AdoptedSocket, Parser, socketParameters });
  return Transport;
};

export interface EngineListener {
  onOpen(element: Element): void;
  onElement(element: Element): void;
  /** `<close/>` from the server, or the socket's end; `error` is the socket's or parser's, if there was one. */
  onClosed(error: Error | null): void;
  onXml(direction: 'in' | 'out', xml: string): void;
}

export class Engine extends Client {
  /** Of the base class; its types leave it out. */
  declare readonly _detachParser: () => void;
  readonly #listener: EngineListener;
  readonly #ws: WebSocket;
  #error: Error | null = null;
  #from: string | null = null;
  #finished = false;
  #signedIn = false;

  constructor(
    socket: WebSocket,
    private readonly domain: string,
    clock: Clock,
    listener: EngineListener,
  ) {
    super({ service: socket.url, domain });
    this.#listener = listener;
    this.#ws = socket;
    this.transports = [transportWith(clock, () => this.#signedIn)];
    // `error` without a listener would end the process.
    this.on('error', (error: Error) => {
      this.#error ??= error;
      if (error instanceof MalformedFrame) listener.onClosed(error);
    });
    this.on('element', (element: Element) => listener.onElement(element));
    this.on('close', () => {
      listener.onClosed(this.#error);
      this.#ws.close();
    });
    this.on('disconnect', () => listener.onClosed(this.#error));
  }

  /** Adopts the socket and sends `<open/>` (RFC 7395 §3.4), `from` in it; again after SASL (RFC 6120 §6.3.2). */
  async begin(from: string | null): Promise<void> {
    this.#from = from;
    if (this.#ws.readyState !== this.#ws.OPEN) {
      this.#listener.onClosed(this.#error);
      return;
    }
    if (!this.socket) await this.connect(this.#ws as unknown as string);
    (this.parser as unknown as StrictParser | null)?.stop();
    this._detachParser();
    // Resolves with the server's <open/>, which the listener is told too; rejects with what #error keeps.
    this.open({ domain: this.domain }).catch(() => undefined);
    // Not the base class's `open`, which a second <open/> in one stream does not raise.
    this.parser?.on('start', (element: Element) => this.#listener.onOpen(element));
    this.parser?.on('frame', (element: Element, text: string) =>
      this.#listener.onXml('in', redactedXml(element, text)),
    );
  }

  /** From now on answers may be long (T15). */
  signedIn(): void {
    this.#signedIn = true;
  }

  /** Writes an element at once. A line that is down tells so by its end, not here. */
  transmit(element: Element): void {
    element.attrs['xmlns'] ??= ns.client;
    // The base class's `send` would put it into text once more.
    const text = element.toString();
    this.#listener.onXml('out', redactedXml(element, text));
    this.write(text).catch(() => undefined);
  }

  /**
   * `<close/>`; the socket follows when the server has answered it (RFC 7395 §3.6): ejabberd takes a socket that ends at once
   * for a lost line, and keeps the session. After a stream error nothing is waited for.
   */
  finish(streamError: Element | null = null): void {
    if (this.#finished || !this.socket) return;
    this.#finished = true;
    if (streamError) this.transmit(streamError);
    this.transmit(xml('close', { xmlns: ns.framing }));
    this.status = 'closing';
    if (streamError) this.#ws.close();
  }

  /** Cuts the socket without a word. */
  cut(): void {
    this.#ws.terminate();
  }

  override header(element: Element): string {
    if (this.#from !== null) element.attrs['from'] = this.#from;
    const text = super.header(element);
    this.#listener.onXml('out', text);
    return text;
  }

  /** After a stream error the base class would close in its own way: our listener does. */
  override disconnect(): Promise<void> {
    return Promise.resolve();
  }

  /** Never reconnects by itself, to `see-other-host` least of all: stream errors are elements like others. */
  _onStreamError(): void {
    return;
  }

  /** The base class answers a parser's error with an unbound prefix; the listener says it properly. */
  _streamError(): void {
    return;
  }

  _onData(data: unknown): void {
    // RFC 7395 §3.1: text frames only. Between <close/> and the socket's end there is no parser.
    if (typeof data === 'string') (this.parser as unknown as StrictParser | null)?.write(data);
    else this.emit('error', new MalformedFrame('not-well-formed'));
  }
}
