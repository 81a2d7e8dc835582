import { driftReportJson } from '../../analysis/drift/report-json';
import { driftReportMarkdown } from '../../analysis/drift/report-markdown';
import type { DriftReport } from '../../analysis/drift/types';

/** The report as `bpe-lab diff --json` prints it. */
export const reportJson = (report: DriftReport): string =>
	`${JSON.stringify(driftReportJson(report), null, 2)}\n`;

export const reportMarkdown = driftReportMarkdown;
