/** @xmpp/websocket comes without types; these are the parts that are used here. */
declare module '@xmpp/websocket/lib/Connection.js' {
  import Connection from '@xmpp/connection';
  import type { Element } from '@xmpp/xml';
  export default class ConnectionWebSocket extends Connection {
    headerElement(): Element;
    socketParameters(service: string): unknown;
  }
}

declare module '@xmpp/websocket/lib/Socket.js' {
  import { EventEmitter } from '@xmpp/events';
  export default class Socket extends EventEmitter {
    socket: unknown;
    url: string | null;
    secure: boolean;
    connect(parameters: unknown): void;
    _attachSocket(socket: unknown): void;
    end(): void;
    write(data: string, callback?: (error?: Error) => void): void;
  }
}
