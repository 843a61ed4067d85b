import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureApt } from '../../../scripts/setup/apt';
import { cachePath, fillOnce } from '../../../scripts/setup/cache';
import { run } from '../../../scripts/setup/run';

/** The folder with our own part of the server: program, schema, settings, list of jars. */
export const OPENFIRE_SOURCES = join(import.meta.dirname, 'server');

export interface OpenfireFiles {
  readonly jars: string;
  readonly classes: string;
}

/** Fetches Openfire 4.2.0 with Maven into the cache and compiles our starter for it. Nothing is installed but a JDK and Maven. */
export async function installOpenfire(): Promise<OpenfireFiles> {
  await ensureApt(['openjdk-17-jdk-headless', 'maven']);
  const source = (name: string): string => join(OPENFIRE_SOURCES, name);

  const jars = cachePath('openfire', 'jars');
  await fillOnce(jars, readFileSync(source('pom.xml'), 'utf8'), async (dir) => {
    console.log('Fetching Openfire 4.2.0 with Maven into the cache');
    // Copied first: Maven writes beside its project file, and the project's own folder is not for that.
    mkdirSync(join(dir, 'build'));
    copyFileSync(source('pom.xml'), join(dir, 'build/pom.xml'));
    await run('mvn', [
      ...['-q', '-B', '-f', join(dir, 'build/pom.xml'), 'dependency:copy-dependencies'],
      ...[`-DoutputDirectory=${dir}`, '-DincludeScope=runtime'],
    ]);
  });

  const classes = cachePath('openfire', 'classes');
  const inputs = ['Main.java', 'log4j.properties'].map((name) => readFileSync(source(name), 'utf8'));
  await fillOnce(classes, inputs.join('\n'), async (dir) => {
    await run('javac', ['-encoding', 'UTF-8', '-cp', join(jars, '*'), '-d', dir, source('Main.java')]);
    copyFileSync(source('log4j.properties'), join(dir, 'log4j.properties'));
  });
  return { jars, classes };
}
