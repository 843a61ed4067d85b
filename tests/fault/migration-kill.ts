/** Killed in the middle of a migration: run by store-disk.test.ts in a process of its own. */
import { openConnection } from '../../src-main/store/driver';
import { migrate, migrations } from '../../src-main/store/migrations';

const [file = '', key = ''] = process.argv.slice(2);
const db = openConnection(file, key);
migrate(db, [
  ...migrations,
  {
    version: migrations.length + 1,
    up: (connection) => {
      connection.exec('ALTER TABLE messages ADD COLUMN half TEXT');
      connection.exec(`UPDATE messages SET body = 'changed'`);
      process.kill(process.pid, 'SIGKILL');
    },
  },
]);
