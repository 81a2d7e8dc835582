/** Workers killed at random points in their work, in three ways. */
import type { Page } from '@playwright/test';
import { drop } from '../e2e/dropped-files';
import { randomTokenizer } from '../memory/visitor';
import { pick } from '../support/random-texts';
import { alerts, assert, inWorkers, isSeen, until, type Fault, type Visitor } from './fault';

/**
 * `throws`: the worker throws an exception outside any handler. `closes`: the worker closes itself. `ended`: the worker
 * is terminated as if by the browser, even in the middle of a computation. Only `throws` fires an event.
 */
const WAYS = ['throws', 'closes', 'ended'] as const;
type Way = (typeof WAYS)[number];

interface Work {
	readonly name: string;
	readonly address: string;
	/** Starts the work on an open page; absent if opening the page starts it. */
	readonly start?: (page: Page) => Promise<unknown>;
	/** Whether the page is still waiting for the result. */
	isLoading(page: Page): Promise<boolean>;
	answer(page: Page): Promise<string>;
	/** Starts more work, or retries, after the workers were killed. */
	next(page: Page): Promise<unknown>;
	/** Whether the page shows the right result of {@link next}. */
	answersNext(page: Page): Promise<boolean>;
}

const LINES = Array.from(
	{ length: 4000 },
	(_, line) => `Line ${line}: größer ${line * 7919}, 你好 strawberry ${(line * 31) % 97}.\n`
).join('');
export const LARGE = randomTokenizer(1, 6000);

const LOADING = '[data-tokenizer][data-status="loading"]';
const TURKISH = '[data-language="tur"][data-tokenizer="gpt2"][data-ratio]';
const textsOf = async (page: Page, selector: string) =>
	(await page.locator(selector).allInnerTexts()).join(' | ').replaceAll(/\s+/g, ' ');
const mainStatus = (page: Page) => page.locator('main').getAttribute('data-status');
const hasAlerts = async (page: Page) => (await alerts(page)) !== '';

const train = async (page: Page, corpus: string, size: string) => {
	await page.getByTestId('corpus-input').fill(corpus);
	await page.getByTestId('vocab-size').fill(size);
	await page.getByTestId('train').click();
};

const WORKS: readonly Work[] = [
	{
		name: 'encode',
		address: './?t=gpt2,cl100k_base',
		start: (page) => page.getByTestId('text-input').fill(LINES),
		isLoading: (page) => isSeen(page, LOADING),
		answer: (page) => textsOf(page, '[data-token-count]'),
		next: (page) => page.getByTestId('text-input').fill('short again'),
		answersNext: async (page) => /^2\b.*\| 2\b/.test(await textsOf(page, '[data-token-count]'))
	},
	{
		name: 'train',
		address: './train/',
		start: (page) => train(page, LINES, '700'),
		isLoading: async (page) => (await mainStatus(page)) === 'loading',
		answer: (page) => textsOf(page, '[data-tokens-left]'),
		next: (page) => train(page, 'abab abab abab', '259'),
		answersNext: async (page) =>
			(await mainStatus(page)) === 'ready' &&
			(await textsOf(page, '[data-tokens-left]')).includes('3') &&
			!(await hasAlerts(page))
	},
	{
		name: 'trace',
		address: './strawberry/?t=gpt2,cl100k_base',
		start: (page) => page.getByTestId('word-input').fill('disestablishmentarianism'),
		async isLoading(page) {
			if (await isSeen(page, `${LOADING}, main .stale`)) return true;
			const isShown = (await textsOf(page, 'main')).includes('disest');
			// If every tokenizer failed, the page shows an error message instead of the new word.
			return !(isShown && (await isSeen(page, '[data-merges]'))) && !(await hasAlerts(page));
		},
		answer: (page) => textsOf(page, '[data-merges]'),
		next: (page) => page.getByTestId('word-input').fill('banana'),
		answersNext: async (page) =>
			!(await hasAlerts(page)) &&
			!(await isSeen(page, 'main .stale')) &&
			(await textsOf(page, '[data-merges]')).includes('ban')
	},
	{
		name: 'diff',
		address: './drift/diff/?a=gpt2&b=cl100k_base',
		isLoading: async (page) => ['loading', 'idle'].includes((await mainStatus(page)) ?? ''),
		answer: (page) => textsOf(page, '[data-testid="verdict"]'),
		next: (page) => page.getByTestId('tokenizer-b').selectOption('p50k_base'),
		answersNext: async (page) => (await mainStatus(page)) === 'ready' && !(await hasAlerts(page))
	},
	{
		name: 'inflation',
		address: './inflation/?t=gpt2',
		isLoading: async (page) => !(await isSeen(page, TURKISH)) && !(await hasAlerts(page)),
		answer: async (page) =>
			(
				await page.locator(TURKISH).evaluateAll((cells) => cells.map((cell) => cell.dataset.ratio))
			).join(),
		async next(page) {
			const retry = page.getByRole('button', { name: 'Try again' });
			if ((await retry.count()) > 0) await retry.first().click();
		},
		answersNext: async (page) => !(await hasAlerts(page)) && (await isSeen(page, TURKISH))
	},
	{
		name: 'import',
		address: './?t=gpt2',
		start: (page) => drop(page, { name: 'large.json', content: LARGE }),
		isLoading: async (page) =>
			!(await textsOf(page, '.announcement')).includes('is a tokenizer with') &&
			!(await hasAlerts(page)),
		answer: async (page) => /\d[\d,]* ids/.exec(await textsOf(page, '.announcement'))?.[0] ?? '',
		next: (page) => drop(page, { name: 'again.json', content: LARGE }),
		answersNext: async (page) =>
			(await textsOf(page, '.announcement')).includes('again is a tokenizer with 6,027 ids')
	}
];

/** Waits until nothing is loading and the page shows a result or an error message. */
async function settle(work: Work, page: Page): Promise<{ answer: string; error: string }> {
	let [answer, error] = ['', ''];
	await until(`an answer or an error of "${work.name}"`, async () => {
		if (await work.isLoading(page)) return false;
		answer = await work.answer(page);
		error = await alerts(page);
		return answer !== '' || error !== '';
	});
	return { answer, error };
}

/** Performs `work.next`. @returns the milliseconds until the page shows the right result */
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
	// Registered before the lab's listener, to stop the message from reaching it.
	await inWorkers(
		context,
		`addEventListener('message', (event) => {
			if (!event.data?.kill) return;
			event.stopImmediatePropagation();
			if (event.data.kill === 'closes') self.close();
			else setTimeout(() => { throw new Error('killed'); });
		})`
	);
	const page = await visitor.open(work.address);
	const at = performance.now();
	await work.start?.(page);
	return { page, at };
}

const kill = (page: Page, way: Way) =>
	page.evaluate(
		(way) => (window as unknown as { killWorkers(way: string): number }).killWorkers(way),
		way
	);

/** Waits until no worker holds a lock. The page uses these locks to notice when a worker terminates. */
const untilIdle = (page: Page) =>
	until('workers without work', () =>
		page.evaluate(async () => (await navigator.locks.query()).held?.length === 0)
	);

/** Idle workers that terminate without firing an event. The visitor's next action must still succeed. */
const KILLED_WHILE_IDLE: Fault = {
	name: 'workers killed while idle',
	target: '2 s beyond the time of the work itself',
	maxMs: 2000,
	count: 24,
	async *run(stage, random, count) {
		const works = WORKS.filter(({ name }) => ['encode', 'train', 'trace', 'diff'].includes(name));
		for (const work of works) {
			let ownMs = 0;
			for (let i = 0; i < 1 + count / works.length; i++) {
				const way = i === 0 ? null : pick(random, ['closes', 'ended'] as const);
				yield stage.try(`${work.name}, ${way ?? 'undisturbed'}`, async (visitor) => {
					const { page } = await start(work, visitor);
					await settle(work, page);
					await untilIdle(page);
					if (way !== null) await kill(page, way);
					const ms = await askNext(work, page);
					if (way !== null) return Math.max(0, ms - ownMs);
					ownMs = ms;
					return null;
				});
			}
		}
	}
};

const killed = (work: Work): Fault => ({
	name: `workers killed during ${work.name}`,
	target: '2 s beyond the time of the work itself',
	maxMs: 2000,
	count: 50,
	async *run(stage, random, count) {
		let [right, ownMs] = ['', 0];
		// Measure the work in a new worker that isn't killed. Times vary, so the slower of two runs counts.
		for (let i = 0; i < 2; i++)
			yield stage.try(`${work.name}, undisturbed`, async (visitor) => {
				const { page, at } = await start(work, visitor);
				const { answer, error } = await settle(work, page);
				ownMs = Math.max(ownMs, performance.now() - at);
				assert(error === '' && answer !== '', `got the error "${error}", expected an answer`);
				assert(right === '' || right === answer, `got ${right} and ${answer}, expected the same`);
				right = answer;
			});
		for (let i = 0; i < count; i++) {
			const way = i < WAYS.length ? WAYS[i] : pick(random, WAYS);
			const delayMs = random() * ownMs;
			yield stage.try(`${way} after ${Math.round(delayMs)} ms`, async (visitor) => {
				const { page } = await start(work, visitor);
				await new Promise((resolve) => setTimeout(resolve, delayMs));
				await kill(page, way);
				const killedAt = performance.now();
				const { answer, error } = await settle(work, page);
				const first = performance.now() - killedAt - ownMs;
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
