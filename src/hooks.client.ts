import type { HandleClientError } from '@sveltejs/kit';
import { reasonOf } from '$lib/session/format';

/** Gives the reason why a page cannot be loaded to the error page. */
export const handleError: HandleClientError = ({ error }) => {
	console.error(error);
	return { message: reasonOf(error) };
};
