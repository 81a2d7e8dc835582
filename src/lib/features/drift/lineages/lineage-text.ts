import { downloadCorpus } from '../../../session/downloads/corpora';
import { downloadLanguageTexts } from '../../../session/downloads/language-texts';

/**
 * Downloads a text used for the figures.
 * @param code code of the declaration; `null` for the JavaScript file
 * @throws DownloadError if the network or the server fails
 */
export async function loadLineageText(code: string | null): Promise<string> {
	if (code === null) return downloadCorpus('code');
	const [declaration] = (await downloadLanguageTexts([code])).values();
	return declaration.text;
}
