import { join } from 'node:path';
import { ROOT } from '../support/launcher';

/** Folder of the files, environments, labels and programs. */
export const CACHE = join(ROOT, 'node_modules/.cache/verify-drift');
