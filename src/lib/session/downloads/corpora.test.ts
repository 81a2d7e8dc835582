import { afterEach, describe, expect, it, vi } from 'vitest';
import { CORPORA } from '../corpora';
import { downloadCorpus } from './corpora';
import { DownloadError } from './fetch-bytes';

afterEach(() => {
	vi.unstubAllGlobals();
});

/** Stubs the network, and records the requested addresses. */
function network(answer: () => Promise<Response>) {
	const asked: string[] = [];
	vi.stubGlobal('fetch', (address: string) => {
		asked.push(address);
		return answer();
	});
	return asked;
}

const refused = (message: string) => new DownloadError(message);

describe('downloadCorpus', () => {
	it.each(CORPORA.filter(({ text }) => text === undefined).map(({ id }) => id))(
		'has the example %s, at an address of its own',
		async (id) => {
			const asked = network(() => Promise.resolve(new Response('é\r\n')));
			expect(await downloadCorpus(id)).toBe('é\r\n');
			expect(asked).toEqual([expect.stringContaining(`corpora/${id}`)]);
		}
	);

	it('reports why it cannot be fetched, and offers a retry', async () => {
		network(() => Promise.reject(new TypeError('no network')));
		await expect(downloadCorpus('english')).rejects.toThrow(
			refused(
				'The text could not be fetched: the network did not answer. Check the connection and try again.'
			)
		);
		network(() => Promise.resolve(new Response('', { status: 503 })));
		await expect(downloadCorpus('english')).rejects.toThrow(
			refused('The text could not be fetched: the server answered 503, expected 200. Try again.')
		);
	});

	it('does not take the sign-in page of a network for the text', async () => {
		const headers = { 'content-type': 'text/html; charset=utf-8' };
		network(() => Promise.resolve(new Response('<!doctype html>Welcome', { headers })));
		await expect(downloadCorpus('english')).rejects.toThrow(
			refused(
				'The text could not be fetched: the network answered with a web page. Sign in to it, and try again.'
			)
		);
	});

	it('does not fetch an unknown one', async () => {
		const asked = network(() => Promise.resolve(new Response('')));
		await expect(downloadCorpus('nothing')).rejects.toThrow(
			refused('There is no corpus named "nothing" in this build of the lab.')
		);
		expect(asked).toEqual([]);
	});
});
