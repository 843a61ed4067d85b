import { describe, expect, it } from 'vitest';
import { resolveAppFile } from '../../../src-main/desktop/app-files';

const resolve = (url: string) => resolveAppFile('/opt/flint/renderer', 'flint', url);

describe('which file an app:// address means', () => {
  it('serves the page, its scripts, styles and pictures', () => {
    expect(resolve('app://flint/')).toEqual({
      path: '/opt/flint/renderer/index.html',
      type: 'text/html; charset=utf-8',
    });
    expect(resolve('app://flint/assets/index-a1.js?x#y')?.path).toBe(
      '/opt/flint/renderer/assets/index-a1.js',
    );
    expect(resolve('app://flint/assets/%E7%81%AB.svg')?.path).toBe('/opt/flint/renderer/assets/火.svg');
  });

  it.each(['app://flint/../../main.js', 'app://flint/%2e%2e/main.js', 'app://flint/a/./%2e/%2e%2e/main.js'])(
    'T32 (18) ways up that URLs themselves take out end inside: %s',
    (url) => {
      expect(resolve(url)?.path).toBe('/opt/flint/renderer/main.js');
    },
  );

  it.each([
    'app://flint/%2E%2E%2Fmain.js',
    'app://flint/assets/..%2f..%2f..%2fetc/a.js',
    'app://flint/..%5c..%5cmain.js',
    'app://flint/C:%5cmain.js',
    'app://flint/C:/main.js',
    'app://flint/%00.js',
    'app://flint//etc/a.js',
    'app://flint/.../b.js',
    'app://flint/%zz.js',
    'app://flint/%ff.js',
    'app://flint/passwd',
    'app://flint/a.exe',
    'app://other/index.html',
    'app://flint:1/index.html',
    'not an address',
  ])('T32 (18) serves nothing for %s', (url) => {
    expect(resolve(url)).toBeNull();
  });
});
