/** Finds Java and Python, and installs the pinned PySpark once. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execute, ROOT } from '../support/launcher';
import { hasPython, pythonWith } from '../support/python';

const REQUIREMENTS = join(ROOT, 'tests/spark/requirements.txt');
const CACHE = join(ROOT, 'node_modules/.cache/spark');
const MIN_JAVA = 17;

export interface Spark {
	readonly submit: string;
	readonly env: NodeJS.ProcessEnv;
}

/** Version of Java; 0 if Java isn't installed, or if it is older than 9 and doesn't support `--version`. */
function javaVersion(): number {
	try {
		return Number(/^\S+ (\d+)/.exec(execute('java', ['--version']))?.[1]);
	} catch {
		return 0;
	}
}

/**
 * Installs the pinned PySpark (430 MB) unless it is already installed. @throws Error naming what is missing, or with
 * pip's message
 */
export function installSpark(): Spark {
	if (!(javaVersion() >= MIN_JAVA)) throw new Error(`found no Java ${MIN_JAVA}`);
	if (!hasPython()) throw new Error('found no Python with venv');
	const key = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16);
	mkdirSync(CACHE, { recursive: true });
	const packages = ['--no-deps', '--require-hashes', '-r', REQUIREMENTS];
	const python = pythonWith(join(CACHE, key), packages);
	const env = { ...process.env, SPARK_LOCAL_IP: '127.0.0.1', PYSPARK_PYTHON: python };
	return { submit: join(dirname(python), 'spark-submit'), env };
}
