import type { OfflineState } from './offline.svelte';

export const UPDATE_READY =
	'A newer version of the lab is ready. This page stays as it is until you reload it.';

export const describeOffline: Readonly<Record<OfflineState, string>> = {
	unknown: 'The lab is about to be kept in this browser.',
	keeping: 'The lab is being kept in this browser.',
	ready:
		'The lab is kept in this browser and opens without a network. So do the tokenizers that you have used. Your browser’s menu installs it as an app.',
	failed: 'The lab could not be kept in this browser. It tries again when you open a page.',
	unavailable: 'This browser keeps no pages for visits without a network, or not at this address.'
};
