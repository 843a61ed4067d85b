import { createExportParts } from '../../../src-main/desktop/export-parts';
import { createFiles } from '../../../src-main/desktop/files';
import { listLog } from '../../support/store-kit';

// Begins an export and never comes to its end: it is killed.
const [userData = '', path = ''] = process.argv.slice(2);
const file = await createExportParts(createFiles(userData), listLog()).begin(path);
await file.write('But soft, what light');
console.log('written');
setInterval(() => undefined, 1_000);
