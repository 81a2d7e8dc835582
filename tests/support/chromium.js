/**
 * Finds a Chromium for every test that needs a browser: Vitest's browser mode, Playwright and the benchmarks.
 *
 * Tries `$CHROMIUM`, then a Chromium or Chrome on this system, and finally the browser in the npm package
 * `@sparticuz/chromium`, which needs nothing but Node.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Launch options for Playwright and for Vitest's Playwright provider.
 *
 * @typedef {object} Chromium
 * @property {string} executablePath
 * @property {string[]} args
 * @property {Record<string, string>} env the browser's entire environment
 * @property {string[]} ignoreDefaultArgs default arguments of Playwright to leave out
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * `--no-sandbox` is needed because tests often run as root in a container; the other arguments keep the browser off the
 * network.
 */
const ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/**
 * By default, Playwright makes the browser keep its shared memory in /tmp, because /dev/shm is often too small in
 * containers. Tests run faster with /dev/shm, so use it if it has enough space.
 */
const LEFT_OUT = sharedMemory() >= 1e9 ? ['--disable-dev-shm-usage'] : [];

const ARGUMENTS = { args: ARGS, ignoreDefaultArgs: LEFT_OUT };

/** @returns {number} free bytes */
function sharedMemory() {
	try {
		const { bavail, bsize } = statfsSync('/dev/shm');
		return bavail * bsize;
	} catch {
		// Only Linux has /dev/shm.
		return 0;
	}
}

const PACKAGE = '@sparticuz/chromium';
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const APPLICATIONS = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
];

/** @type {Promise<Chromium> | undefined} */
let found;

/**
 * The first browser in the list that starts. The search runs only once per process.
 *
 * @returns {Promise<Chromium>}
 * @throws {Error} naming every browser tried and the reason it was rejected
 */
export function findChromium() {
	found ??= search();
	return found;
}

async function search() {
	const chosen = process.env.CHROMIUM;
	/** @type {string[]} */
	const refusals = [];
	// Never silently replace an explicitly chosen browser.
	for (const path of chosen ? [chosen] : [...systemBrowsers(), PACKAGE]) {
		try {
			const browser =
				path === PACKAGE
					? await packagedBrowser()
					: { executablePath: path, ...ARGUMENTS, env: environment() };
			// A missing shared library is detected only when the program starts.
			const options = { env: browser.env, timeout: 20_000 };
			await promisify(execFile)(browser.executablePath, ['--version'], options);
			return browser;
		} catch (error) {
			const { stderr = '' } = /** @type {{ stderr?: string }} */ (error);
			refusals.push(`  - ${path}: ${(stderr.trim() || String(error)).split('\n')[0]}`);
		}
	}
	throw new Error(
		[
			`No Chromium for the browser tests. Looked for ${chosen || COMMANDS.join(', ')}. Tried:`,
			...refusals,
			'Install Chromium or Google Chrome, or set CHROMIUM to the path of one.'
		].join('\n')
	);
}

function systemBrowsers() {
	const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
	return [...onPath, ...APPLICATIONS].filter((path) => existsSync(path));
}

/**
 * Unpacks the browser from `@sparticuz/chromium` into `node_modules/.cache`, once per version.
 *
 * The package unpacks into `$TMPDIR`, reuses any files already there, and changes this process's environment.
 * `$TMPDIR` is therefore set to a new folder, which is renamed only when complete, so that interrupted or parallel runs
 * never leave an incomplete browser behind. Afterwards, the environment is restored.
 *
 * @returns {Promise<Chromium>}
 */
async function packagedBrowser() {
	if (process.platform !== 'linux' || process.arch !== 'x64')
		throw new Error(`runs on linux x64, this is ${process.platform} ${process.arch}`);
	const cache = join(ROOT, 'node_modules/.cache/chromium');
	const manifest = join(ROOT, 'node_modules', PACKAGE, 'package.json');
	/** @type {{ version: string }} */
	const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
	const folder = join(cache, version);
	if (!existsSync(folder)) {
		await mkdir(cache, { recursive: true });
		const unpacking = await mkdtemp(join(cache, 'unpacking-'));
		try {
			await unpack(unpacking);
			await writeFile(join(unpacking, 'fonts/fonts.conf'), fontsConfiguration(folder));
			await rename(unpacking, folder);
		} catch (error) {
			await rm(unpacking, { recursive: true, force: true });
			// Another process was faster, and the folder it created is just as good.
			if (!existsSync(folder)) throw error;
		}
	}
	return {
		executablePath: join(folder, 'chromium'),
		...ARGUMENTS,
		env: {
			...environment(),
			LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH]
				.filter(Boolean)
				.join(delimiter),
			FONTCONFIG_PATH: join(folder, 'fonts')
		}
	};
}

/** @param {string} folder */
async function unpack(folder) {
	const before = { ...process.env };
	process.env.TMPDIR = folder;
	// The package also unpacks its NSS libraries if it detects AWS Lambda.
	process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
	try {
		const { default: chromium } = await import('@sparticuz/chromium');
		await chromium.executablePath();
	} finally {
		for (const name of Object.keys(process.env)) {
			if (!(name in before)) Reflect.deleteProperty(process.env, name);
		}
		Object.assign(process.env, before);
	}
}

/**
 * Font configuration used instead of the package's own, which points to the nonexistent folder /tmp/fonts. Without any
 * fonts, Chromium draws no text. The system's fonts come first because they cover more scripts.
 *
 * @param {string} folder
 */
function fontsConfiguration(folder) {
	return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<dir>/usr/share/fonts</dir>
	<dir>/usr/local/share/fonts</dir>
	<dir>${join(folder, 'fonts/fonts')}</dir>
	<cachedir>${join(folder, 'fonts/cache')}</cachedir>
</fontconfig>
`;
}

const environment = () => /** @type {Record<string, string>} */ ({ ...process.env });
