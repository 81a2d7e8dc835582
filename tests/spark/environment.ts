/** Java, Python and the pinned PySpark, which is installed once. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execute, ROOT } from '../support/launcher';

const REQUIREMENTS = join(ROOT, 'tests/spark/requirements.txt');
const CACHE = join(ROOT, 'node_modules/.cache/spark');
const MIN_JAVA = 17;
const MIN_PYTHON = '3.9';

/** Where Spark is, and the environment in which it runs. */
export interface Spark {
	readonly home: string;
	readonly env: NodeJS.ProcessEnv;
}

/** Names, for people, something that Spark needs and this machine lacks: "no Java"; `null` if Spark can run. */
function findMissing(): string | null {
	const [, java] = /version "(?:1\.)?(\d+)/.exec(output('java', '-version')) ?? [];
	if (java === undefined) return 'no Java';
	if (Number(java) < MIN_JAVA) return `Java ${java}, and Spark 4 needs ${MIN_JAVA}`;
	const isNew = `import sys; print(sys.version_info >= (${MIN_PYTHON.replace('.', ', ')}))`;
	const python = output('python3', '-c', isNew).trim();
	if (python !== 'True') return python === '' ? 'no Python' : `no Python ${MIN_PYTHON}`;
	return output('python3', '-m', 'pip', '--version') === '' ? 'no pip' : null;
}

/** Output of a program; '' if there is no such program, or if it fails. */
function output(program: string, ...args: readonly string[]): string {
	const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
	return status === 0 ? stdout + stderr : '';
}

/** Installs the pinned PySpark, unless it is there. @throws Error that says what Spark needs, or what pip says */
export function installSpark(): Spark {
	const missing = findMissing();
	if (missing !== null) throw new Error(missing);
	const key = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16);
	const folder = join(CACHE, key);
	if (!existsSync(folder)) {
		console.log('Installing PySpark, 430 MB …');
		const draft = `${folder}.${process.pid}`;
		mkdirSync(CACHE, { recursive: true });
		const options = ['--quiet', '--no-deps', '--require-hashes', '-r', REQUIREMENTS];
		try {
			execute('python3', ['-m', 'pip', 'install', ...options, '--target', draft]);
			renameSync(draft, folder);
		} finally {
			rmSync(draft, { recursive: true, force: true });
		}
	}
	const home = join(folder, 'pyspark');
	const spark = { SPARK_HOME: home, SPARK_LOCAL_IP: '127.0.0.1' };
	const python = { PYSPARK_PYTHON: 'python3', PYTHONPATH: folder };
	return { home, env: { ...process.env, ...spark, ...python } };
}
