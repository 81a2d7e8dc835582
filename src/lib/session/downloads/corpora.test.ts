import { statSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { CORPORA, downloadCorpus } from './corpora';
import { DownloadError } from './fetch-bytes';

/** Stubs the network, and records the requested addresses. */
function network(answer: () => Promise<Response>) {
	const asked: string[] = [];
	vi.stubGlobal('fetch', (address: string) => {
		asked.push(address);
		return answer();
	});
	return asked;
}

it.each(CORPORA.filter(({ text }) => text === undefined).map(({ id }) => id))(
	'has the example %s, at an address of its own',
	async (id) => {
		const asked = network(() => Promise.resolve(new Response('é\r\n')));
		expect(await downloadCorpus(id)).toBe('é\r\n');
		expect(asked).toEqual([expect.stringContaining(`corpora/${id}`)]);
	}
);

it('knows the size of each packed text', () => {
	for (const { id, text, bytes } of CORPORA)
		if (text === undefined) {
			const file = new URL(`../../generated/corpora/${id}.txt`, import.meta.url);
			expect(statSync(file).size, id).toBe(bytes);
		}
});

it.each([
	['', { status: 503 }, 'the server answered 503, expected 200. Try again.'],
	[
		'<!doctype html>Welcome',
		{ headers: { 'content-type': 'text/html; charset=utf-8' } },
		'the network answered with a web page. Sign in to it, and try again.'
	]
])('reports why it cannot be fetched: %j', async (body, answer, reason) => {
	network(() => Promise.resolve(new Response(body, answer)));
	const error = new DownloadError(`The text could not be fetched: ${reason}`);
	await expect(downloadCorpus('english')).rejects.toThrow(error);
});
