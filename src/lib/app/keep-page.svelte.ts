import { onMount, untrack } from 'svelte';
import { reasonOf } from '../session/format';
import { KeptPages } from '../session/kept-pages';
import type { Lab } from '../session/lab.svelte';
import { isRevisited } from '../session/links/page-address.svelte';
import { unembed } from '../session/links/page-link';
import { joinTyped } from '../session/links/typed-fields';
import type { Sessions } from './sessions';

/**
 * Keeps what the link of the shown page does not hold for a reload of the tab. Call it when a component is created.
 * @param restores whether a reloaded page gets back what was kept
 */
export function keepPage(lab: Lab, sessions: Sessions, restores: boolean): void {
	const kept = new KeptPages();
	onMount(() => {
		if (!restores || !isRevisited()) return;
		restore().catch((error: unknown) => lab.announcement.fail(reasonOf(error)));
	});
	$effect(() => {
		const address = lab.shown?.address;
		const { page } = sessions;
		if (!address?.written || page === null) return;
		const isLinked = address.unlinked === null && !address.lacksSample;
		const link = address.written;
		void kept.keep(page, link, isLinked ? null : untrack(() => sessions.capture()));
	});

	async function restore() {
		const { page } = sessions;
		if (page === null) return;
		const { hash, search } = new URL(unembed(location.href));
		const { text } = lab.shared;
		const input = () => JSON.stringify(lab.shown?.address?.capture().input);
		const before = input();
		const found = await kept.find(page, { search, hash });
		// What was typed meanwhile stays.
		if (!found || lab.shared.text !== text) return;
		// A link with an input holds everything except the text that all pages share.
		if (joinTyped({ search, hash }).hash !== '') lab.shared.setText(found.text);
		else if (input() === before) await sessions.restore(found);
	}
}
