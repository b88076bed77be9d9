// How the server is started, and what it is told. Free of the editor's interface, so that tests can use it.

/** What the settings of the extension say. */
export interface Settings {
  interpreter: string;
  pluginPath: string[];
  sourceRoot: string[];
  inputs: string[];
  inlayHints: boolean;
}

/** A command and its arguments. */
export interface Start {
  command: string;
  args: string[];
}

/** URIs of files of the catalogue; the editor asks the server for their text. */
export const CATALOG_SCHEME = "bplint-catalog";

/** The request for the text of such a file. */
export const CATALOG_REQUEST = "bplint/catalogText";

/** The command of the server that makes a plan. */
export const PLAN_COMMAND = "bplint.showPlan";

/** What the server answers to it: a page, or why there is none. */
export interface PlanAnswer {
  path?: string;
  uri?: string;
  text?: string;
  refusals?: string[];
}

/** The server in the configured Python, else in the workspace's, else in `python3`. */
export function serverStart(settings: Settings, workspacePython: string | undefined): Start {
  const command = settings.interpreter || workspacePython || (process.platform === "win32" ? "python" : "python3");
  return { command, args: ["-m", "bplint", "lsp"] };
}

/** What the server is told when it starts. */
export function initializationOptions(settings: Settings): Record<string, unknown> {
  return {
    virtualDocuments: true,
    pluginPath: settings.pluginPath,
    sourceRoot: settings.sourceRoot,
    inputs: settings.inputs,
    inlayHints: settings.inlayHints,
  };
}

/** Why there is no plan, in words. */
export function refusal(answer: PlanAnswer | null | undefined): string {
  const reasons = answer?.refusals ?? [];
  return reasons.length > 0 ? reasons.join("; ") : "there is no plan of this file";
}
