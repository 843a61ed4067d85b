import { openConnection, type Connection } from '../../../src-main/store/driver';
import { migrate } from '../../../src-main/store/migrations';

/** Making one takes longer than most of what a property tries on it: those that are given back are used again. */
const free: Connection[] = [];

/** An empty database of the newest schema, as the engine has it in memory. */
export function blankDatabase(): Connection {
  const again = free.pop();
  if (again) return again;
  const db = openConnection(':memory:', null);
  db.exec('PRAGMA foreign_keys = ON');
  migrate(db);
  return db;
}

/** Takes out all that was put into it. */
export function giveBack(db: Connection): void {
  const tables = db.all<{ name: string }>(
    `SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%'`,
  );
  db.exec(`PRAGMA foreign_keys = OFF;
    ${tables.map(({ name }) => `DELETE FROM "${name}";`).join('\n')}
    DELETE FROM sqlite_sequence;
    INSERT INTO search (search) VALUES ('delete-all');
    PRAGMA foreign_keys = ON`);
  free.push(db);
}
