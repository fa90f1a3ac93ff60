import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the env files. */
export const ENV_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** The projects, sorted: one per `env/<project>.env`; secrets and examples are no projects. */
export function environments(folder: string = ENV_FOLDER): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.env') && !file.endsWith('.secrets.env') && file !== '.env')
    .map((file) => file.slice(0, -'.env'.length))
    .sort();
}
