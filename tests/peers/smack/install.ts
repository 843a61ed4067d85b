import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureApt } from '../../../scripts/setup/apt';
import { cachePath, fillOnce } from '../../../scripts/setup/cache';
import { run } from '../../../scripts/setup/run';

/** Fetches Smack 4.4.8 with Maven into the cache and compiles our program for it; answers the class path. */
export async function installSmack(): Promise<string> {
  await ensureApt(['openjdk-17-jdk-headless', 'maven']);
  const project = join(import.meta.dirname, 'pom.xml');
  const jars = cachePath('smack', 'jars');
  await fillOnce(jars, readFileSync(project, 'utf8'), async (dir) => {
    console.log('Fetching Smack 4.4.8 with Maven into the cache');
    // Copied first: Maven writes beside its project file, and the project's own folder is not for that.
    mkdirSync(join(dir, 'build'));
    copyFileSync(project, join(dir, 'build/pom.xml'));
    await run('mvn', [
      ...['-q', '-B', '-f', join(dir, 'build/pom.xml'), 'dependency:copy-dependencies'],
      ...[`-DoutputDirectory=${dir}`, '-DincludeScope=runtime'],
    ]);
  });

  const sources = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.java'))
    .sort()
    .map((name) => join(import.meta.dirname, name));
  const classes = cachePath('smack', 'classes');
  await fillOnce(classes, sources.map((path) => readFileSync(path, 'utf8')).join('\n'), async (dir) => {
    await run('javac', ['-encoding', 'UTF-8', '-proc:none', '-cp', join(jars, '*'), '-d', dir, ...sources]);
  });
  return `${classes}:${join(jars, '*')}`;
}
