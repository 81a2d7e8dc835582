/** Workers that are killed at random points of their work, in three ways. */
import type { Page } from 'playwright';
import { byteLevelJson, drop } from '../e2e/dropped-files';
import { pick } from '../support/random-texts';
import { alerts, assert, isSeen, until, type Fault, type Visitor } from './fault';

/**
 * `throws`: an exception outside of any handler. `closes`: the worker closes itself. `ended`: as the browser ends it, also
 * in the middle of a computation. Only the first sends an event.
 */
const WAYS = ['throws', 'closes', 'ended'] as const;
type Way = (typeof WAYS)[number];

/** Outcome of the latest work, as a page shows it. */
interface Seen {
	/** Empty while it is awaited. */
	readonly answer: string;
	/** Error in words; empty if there is none. */
	readonly error: string;
}

interface Work {
	readonly name: string;
	readonly address: string;
	/** Starts the work on the page that is open. Opening the page may be enough. */
	start(page: Page): Promise<void>;
	read(page: Page): Promise<Seen>;
	/** The next thing that a visitor does, and its right answer. */
	next(page: Page): Promise<void>;
	/** Whether the page answers it. */
	answersNext(page: Page): Promise<boolean>;
}

const LINES = Array.from(
	{ length: 4000 },
	(_, line) => `Line ${line}: größer ${line * 7919}, 你好 strawberry ${(line * 31) % 97}.\n`
).join('');

/** Card that is loading. */
const LOADING = '[data-tokenizer][data-status="loading"]';
const textsOf = async (page: Page, selector: string) =>
	(await page.locator(selector).allInnerTexts()).join(' | ').replaceAll(/\s+/g, ' ');
const TURKISH = '[data-language="tur"][data-tokenizer="gpt2"][data-ratio]';
const mainStatus = (page: Page) => page.locator('main').getAttribute('data-status');

/** An alert is an error of the work if nothing is awaited any more. */
async function seen(page: Page, isLoading: boolean, answer: string): Promise<Seen> {
	if (isLoading) return { answer: '', error: '' };
	const error = await alerts(page);
	return error === '' ? { answer, error } : { answer: '', error };
}

/** Byte-level tokenizer with many merges, so that reading it takes a while. */
export function largeTokenizer(merges = 6000): string {
	const vocab: Record<string, number> = {};
	for (const letter of 'abcdefghijklmnopqrstuvwxyz') vocab[letter] = Object.keys(vocab).length;
	const letters = Object.keys(vocab);
	const pairs: string[] = [];
	let products = letters;
	while (pairs.length < merges) {
		const next: string[] = [];
		for (const left of products)
			for (const right of letters) {
				if (pairs.length >= merges || left + right in vocab) continue;
				vocab[left + right] = Object.keys(vocab).length;
				pairs.push(`${left} ${right}`);
				next.push(left + right);
			}
		products = next;
	}
	return byteLevelJson(vocab, pairs);
}

const LARGE = largeTokenizer();

const WORKS: readonly Work[] = [
	{
		name: 'encode',
		address: './?t=gpt2,cl100k_base',
		start: (page) => page.getByTestId('text-input').fill(LINES),
		async read(page) {
			return seen(page, await isSeen(page, LOADING), await textsOf(page, '[data-token-count]'));
		},
		next: (page) => page.getByTestId('text-input').fill('short again'),
		answersNext: async (page) => /^2\b.*\| 2\b/.test(await textsOf(page, '[data-token-count]'))
	},
	{
		name: 'train',
		address: './train/',
		async start(page) {
			await page.getByTestId('corpus-input').fill(LINES);
			await page.getByTestId('vocab-size').fill('700');
			await page.getByTestId('train').click();
		},
		async read(page) {
			const isLoading = (await mainStatus(page)) === 'loading';
			return seen(page, isLoading, await textsOf(page, '[data-tokens-left]'));
		},
		async next(page) {
			await page.getByTestId('corpus-input').fill('abab abab abab');
			await page.getByTestId('vocab-size').fill('259');
			await page.getByTestId('train').click();
		},
		answersNext: async (page) =>
			(await mainStatus(page)) === 'ready' &&
			(await textsOf(page, '[data-tokens-left]')).includes('3') &&
			(await alerts(page)) === ''
	},
	{
		name: 'trace',
		address: './strawberry/?t=gpt2,cl100k_base',
		start: (page) => page.getByTestId('word-input').fill('disestablishmentarianism'),
		async read(page) {
			// If everything failed, nothing on the page names the word.
			const isShown =
				(await textsOf(page, 'main')).includes('disest') && (await isSeen(page, '[data-ladder]'));
			const isLoading =
				(await isSeen(page, `${LOADING}, main .stale`)) ||
				(!isShown && (await alerts(page)) === '');
			return seen(page, isLoading, await textsOf(page, '[data-ladder]'));
		},
		next: (page) => page.getByTestId('word-input').fill('banana'),
		answersNext: async (page) =>
			(await alerts(page)) === '' &&
			!(await isSeen(page, 'main .stale')) &&
			(await textsOf(page, '[data-ladder]')).includes('ban')
	},
	{
		name: 'diff',
		address: './drift/diff/?a=gpt2&b=cl100k_base',
		start: () => Promise.resolve(),
		async read(page) {
			const isLoading = ['loading', 'idle'].includes((await mainStatus(page)) ?? '');
			return seen(page, isLoading, await textsOf(page, '[data-testid="verdict"]'));
		},
		next: async (page) => {
			await page.getByTestId('tokenizer-b').selectOption('p50k_base');
		},
		answersNext: async (page) => (await mainStatus(page)) === 'ready' && (await alerts(page)) === ''
	},
	{
		name: 'inflation',
		address: './inflation/?t=gpt2',
		start: () => Promise.resolve(),
		async read(page) {
			// Reading an attribute would wait for its element.
			const [answer = ''] = await page
				.locator(TURKISH)
				.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-ratio') ?? ''));
			return seen(page, answer === '' && (await alerts(page)) === '', answer);
		},
		async next(page) {
			const retry = page.getByRole('button', { name: 'Try again' });
			if ((await retry.count()) > 0) await retry.first().click();
		},
		answersNext: async (page) => (await alerts(page)) === '' && (await isSeen(page, TURKISH))
	},
	{
		name: 'import',
		address: './?t=gpt2',
		start: (page) => drop(page, { name: 'large.json', content: LARGE }),
		async read(page) {
			const said = await textsOf(page, '.announcement');
			const isDone = said.includes('is a tokenizer with') || (await alerts(page)) !== '';
			return seen(page, !isDone, /\d[\d,]* ids/.exec(said)?.[0] ?? '');
		},
		next: (page) => drop(page, { name: 'again.json', content: LARGE }),
		answersNext: async (page) =>
			(await textsOf(page, '.announcement')).includes('again is a tokenizer with 6,026 ids')
	}
];

const settle = (work: Work, page: Page) =>
	until(`an answer or an error of "${work.name}"`, async () => {
		const { answer, error } = await work.read(page);
		return answer !== '' || error !== '';
	});

/** Milliseconds until the page answers what a visitor does next. */
async function askNext(work: Work, page: Page): Promise<number> {
	const askedAt = performance.now();
	await work.next(page);
	await until('an answer to what is asked next', () => work.answersNext(page));
	return performance.now() - askedAt;
}

/** Opens a page whose workers can be killed, and starts the work. */
async function start(work: Work, visitor: Visitor): Promise<{ page: Page; at: number }> {
	const { context } = visitor;
	await context.addInitScript(() => {
		const NativeWorker = window.Worker;
		const workers = new Set<Worker>();
		window.Worker = class extends NativeWorker {
			constructor(script: string | URL, options?: WorkerOptions) {
				super(script, options);
				workers.add(this);
			}
			override terminate() {
				workers.delete(this);
				super.terminate();
			}
		};
		Object.assign(window, {
			killWorkers(way: string) {
				for (const worker of workers) {
					if (way === 'ended') NativeWorker.prototype.terminate.call(worker);
					else worker.postMessage({ kill: way });
				}
				return workers.size;
			}
		});
	});
	// Before the listener of the lab, so that it never sees the message.
	const listener = `addEventListener('message', (event) => {
		if (!event.data?.kill) return;
		event.stopImmediatePropagation();
		if (event.data.kill === 'closes') self.close();
		else setTimeout(() => { throw new Error('killed'); });
	});\n`;
	let script: string | undefined;
	await context.route(/\/lab\.worker[^/]*\.js$/, async (route) => {
		script ??= listener + (await (await route.fetch()).text());
		await route.fulfill({ contentType: 'text/javascript', body: script });
	});
	const page = await visitor.open(work.address);
	const at = performance.now();
	await work.start(page);
	return { page, at };
}

const kill = (page: Page, way: Way) =>
	page.evaluate(
		(way) => (window as unknown as { killWorkers(way: string): number }).killWorkers(way),
		way
	);

/** Waits until no worker holds the lock by which the page would notice its end. */
const untilIdle = (page: Page) =>
	until('workers without work', () =>
		page.evaluate(async () => (await navigator.locks.query()).held?.length === 0)
	);

/** Workers that end, without an event, while they have nothing to do: what a visitor does next is answered all the same. */
const KILLED_WHILE_IDLE: Fault = {
	name: 'workers killed while idle',
	target: '2 s beyond the time of the work itself',
	maxMs: 2000,
	count: 24,
	async *run(stage, random, count) {
		const works = WORKS.filter(({ name }) => ['encode', 'train', 'trace', 'diff'].includes(name));
		const next = async (work: Work, visitor: Visitor, way: Way | null) => {
			const { page } = await start(work, visitor);
			await settle(work, page);
			await untilIdle(page);
			if (way !== null) await kill(page, way);
			return askNext(work, page);
		};
		for (const work of works) {
			let ownMs = 0;
			yield stage.try(`${work.name}, undisturbed`, async (visitor) => {
				ownMs = await next(work, visitor, null);
				return null;
			});
			for (let i = 0; i < count / works.length; i++) {
				const way = pick(random, ['closes', 'ended'] as const);
				yield stage.try(`${work.name}, ${way}`, async (visitor) =>
					Math.max(0, (await next(work, visitor, way)) - ownMs)
				);
			}
		}
	}
};

/** The row of one kind of work. */
const killed = (work: Work): Fault => ({
	name: `workers killed during ${work.name}`,
	target: '2 s beyond the time of the work itself',
	maxMs: 2000,
	count: 50,
	async *run(stage, random, count) {
		let [right, ownMs] = ['', 0];
		// The work itself, in a worker that has just started. Pages vary, so the slower of two counts.
		for (let i = 0; i < 2; i++)
			yield stage.try(`${work.name}, undisturbed`, async (visitor) => {
				const { page, at } = await start(work, visitor);
				await settle(work, page);
				ownMs = Math.max(ownMs, performance.now() - at);
				const { answer, error } = await work.read(page);
				assert(error === '' && answer !== '', `got the error "${error}", expected an answer`);
				assert(right === '' || right === answer, `got ${right} and ${answer}, expected the same`);
				right = answer;
				return null;
			});
		for (let i = 0; i < count; i++) {
			const way = i < WAYS.length ? WAYS[i] : pick(random, WAYS);
			const delayMs = random() * ownMs;
			yield stage.try(`${way} after ${Math.round(delayMs)} ms`, async (visitor) => {
				const { page } = await start(work, visitor);
				await new Promise((resolve) => setTimeout(resolve, delayMs));
				await kill(page, way);
				const killedAt = performance.now();
				await settle(work, page);
				const first = performance.now() - killedAt - ownMs;
				const { answer, error } = await work.read(page);
				if (error === '') assert(answer === right, `got ${answer}, expected ${right}`);
				else
					assert(
						/stopped working|no longer in memory|did not start|could not be started/.test(error),
						`got the error "${error}", expected that a worker stopped`
					);
				return Math.max(0, first, (await askNext(work, page)) - ownMs);
			});
		}
	}
});

export const KILLED_WORKERS: readonly Fault[] = [...WORKS.map(killed), KILLED_WHILE_IDLE];
