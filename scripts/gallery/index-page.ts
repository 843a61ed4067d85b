import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { variants } from '../../tests/gallery/variants';

/**
 * Writes the page over the pictures: a row for each scene, a picture for each variant that it was taken in.
 * @param folder one folder for each variant, in it one PNG for each scene
 * @returns the page's path
 */
export function writeIndex(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const taken = variants.map(({ id, title }) => ({ id, title, scenes: picturesIn(join(folder, id)) }));
  const scenes = [...new Set(taken.flatMap((one) => one.scenes))].sort();
  const figure = (id: string, title: string, scene: string): string =>
    `<a href="${id}/${scene}.png"><figure><img loading="lazy" src="${id}/${scene}.png" alt="${wordsOf(scene)}, ${title}"><figcaption>${title}</figcaption></figure></a>`;
  const rows = scenes.map(
    (scene) =>
      `<section id="${scene}"><h2>${wordsOf(scene)}</h2><div>${taken
        .filter((one) => one.scenes.includes(scene))
        .map(({ id, title }) => figure(id, title, scene))
        .join('')}</div></section>`,
  );
  const links = scenes.map((scene) => `<a href="#${scene}">${wordsOf(scene)}</a>`);
  const path = join(folder, 'index.html');
  writeFileSync(
    path,
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Flint: every screen</title>
<style>${STYLE}</style>
<h1>Flint: every screen</h1>
<p>${String(scenes.length)} scenes, ${String(taken.reduce((sum, one) => sum + one.scenes.length, 0))} pictures.</p>
<nav>${links.join(' · ')}</nav>
${rows.join('\n')}
</html>
`,
  );
  return path;
}

const STYLE = `
:root{color-scheme:light dark}
body{margin:2rem;font:14px/1.5 system-ui,sans-serif}
nav{line-height:2}
section>div{display:flex;flex-wrap:wrap;gap:16px}
figure{margin:0}
img{width:400px;border:1px solid #8886;border-radius:6px;display:block}
figcaption{padding:4px 0 12px}
a{color:inherit}`;

const picturesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.png'))
        .map((name) => name.slice(0, -'.png'.length))
    : [];

/** 12-menu-contact: "Menu contact". */
function wordsOf(scene: string): string {
  const words = scene.replace(/^\d+-/, '').replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
