import { createFiles } from '../../../src-main/desktop/files';

// Writes settings over and over until it is killed; each is 2 MB of one digit.
const files = createFiles(process.argv[2] ?? '');
console.log('ready');
for (let turn = 0; ; turn++) await files.write('settings.json', String(turn % 10).repeat(2_000_000));
