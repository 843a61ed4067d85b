import type { Connection } from '../driver';

export interface Migration {
  /** The `user_version` that it leads to: 1, 2, 3 … without a hole. */
  readonly version: number;
  readonly up: (db: Connection) => void;
}
