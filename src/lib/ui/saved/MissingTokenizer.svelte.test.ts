import { beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import WithLab from '../../../../tests/support/WithLab.svelte';
import { fakeWorkers } from '../../../../tests/support/fake-worker';
import { newTokenizer } from '../../../../tests/support/memory-store';
import type { HubRequest, OpensFiles, TakeTokenizers } from '../../session/dropped-file';
import { Lab } from '../../session/lab.svelte';
import type { LinkedTokenizer } from '../../session/tokenizers/linked-tokenizers';
import MissingTokenizer from './MissingTokenizer.svelte';

/** Differs from test to test, because they share the browser's storage. */
let rest = '';
beforeEach(() => {
	rest = crypto.randomUUID().replaceAll('-', '').repeat(2).slice(1);
});
const fingerprint = (digit: string) => `bpe-lab-drift-v2:${digit}${rest}`;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/** Draws the place of a tokenizer that a link names. Opening files saves a tokenizer with some fingerprint. */
async function draw(linked: Partial<LinkedTokenizer>, opened: string) {
	const lab = new Lab(fakeWorkers().spawn, 1);
	const id = `own-${crypto.randomUUID().slice(0, 8)}`;
	const missing = { id, name: 'theirs', fingerprint: fingerprint('1'), hub: null, ...linked };
	await lab.savedTokenizers.load();
	lab.known.links.resolve([missing]);
	const openHub = vi.fn<(request?: HubRequest) => void>();
	const opener = {
		openHub,
		async openTokenizers(_: unknown, take: TakeTokenizers) {
			const name = `file ${id}`;
			const saved = await lab.savedTokenizers.save({ ...newTokenizer(name), fingerprint: opened });
			take([saved.id]);
		}
	} as Partial<OpensFiles> as OpensFiles;
	const taken = vi.fn<TakeTokenizers>(() => () => undefined);
	$effect.root(() => void lab.show({ document: null, takeTokenizers: taken }));
	const screen = await render(WithLab, { lab, opener, component: MissingTokenizer, id });
	const open = async () => {
		await expect.element(screen.getByRole('button', { name: 'Open its file…' })).toBeVisible();
		const field = screen.container.querySelector<HTMLInputElement>('input[multiple]');
		if (!field) throw new Error('expected a field for files');
		const transfer = new DataTransfer();
		transfer.items.add(new File(['{}'], 'tokenizer.json'));
		field.files = transfer.files;
		field.dispatchEvent(new Event('change', { bubbles: true }));
	};
	return { lab, id, screen, open, openHub, taken };
}

it('takes the file with the fingerprint of the link', async () => {
	const { lab, id, screen, open } = await draw({}, fingerprint('1'));
	await expect.element(screen.getByText(fingerprint('1'))).toBeVisible();
	await open();
	await vi.waitFor(() => expect(lab.savedTokenizers.find(id)?.name).toBe('theirs'));
	await expect
		.element(screen.getByRole('button', { name: 'Open its file…' }))
		.not.toBeInTheDocument();
});

it('says that a file is another tokenizer, and offers it beside the missing one', async () => {
	const { lab, id, screen, open, taken } = await draw({}, fingerprint('2'));
	await open();
	await expect
		.element(screen.getByRole('alert'))
		.toHaveTextContent(
			`This file is another tokenizer: fingerprint ${fingerprint('2')}, expected ${fingerprint('1')}.`
		);
	expect(lab.savedTokenizers.findMissing(id)).toBeDefined();
	await screen.getByRole('button', { name: `Use file ${id} as well` }).click();
	const other = lab.savedTokenizers.list.find(({ name }) => name === `file ${id}`);
	expect(taken).toHaveBeenCalledWith([other?.id]);
	expect(lab.savedTokenizers.findMissing(id)).toBeDefined();
});

it('takes any file if the link does not say the fingerprint, and says so', async () => {
	const { lab, id, screen, open } = await draw({ fingerprint: null }, fingerprint('2'));
	await expect.element(screen.getByText('cannot check the file')).toBeVisible();
	await open();
	await vi.waitFor(() => expect(lab.savedTokenizers.find(id)?.fingerprint).toBe(fingerprint('2')));
});

it('asks the Hub only on a click, for the commit of the link', async () => {
	const hub = { repository: 'openai-community/gpt2', commit: COMMIT };
	const { screen, openHub } = await draw({ hub }, fingerprint('1'));
	const button = screen.getByRole('button', { name: 'Load openai-community/gpt2' });
	await expect.element(button).toBeVisible();
	expect(openHub).not.toHaveBeenCalled();
	await button.click();
	expect(openHub).toHaveBeenCalledWith(
		expect.objectContaining({ repository: hub.repository, revision: COMMIT })
	);
});
