import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'dotenv';
import { TWIN_VOCABULARY } from '../src/twin/catalogue/vocabulary.ts';
import { closestFirst } from './closest.ts';
import { ENV_FOLDER, environments } from './environments.ts';
import { parseSettings } from './parse.ts';
import type { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { envFileName, secretsFileName } from './sources.ts';
import type { Texts } from './sources.ts';

/**
 * Settings of a project from its two files and the process variables, which are read and never changed. `from` is for
 * tests. Throws a `SettingsError` that lists every problem at once.
 */
export function loadSettings(
  project: string,
  from: { readonly folder?: string; readonly process?: Texts } = {},
): Settings {
  const folder = from.folder ?? ENV_FOLDER;
  const projects = environments(folder);
  if (!projects.includes(project)) {
    throw new SettingsError(project, [
      `Expected a file ${envFileName(project)}, found none. Projects, closest first: ${closestFirst(project, projects).join(', ')}. ` +
        `To add this one, write ${envFileName(project)}.`,
    ]);
  }
  return parseSettings({
    project,
    vocabulary: TWIN_VOCABULARY,
    sources: {
      process: from.process ?? process.env,
      secretsFile: textsOf(join(folder, basename(secretsFileName(project)))),
      envFile: textsOf(join(folder, basename(envFileName(project)))),
      projects,
    },
  });
}

function textsOf(path: string): Texts {
  return existsSync(path) ? parse(readFileSync(path)) : {};
}
