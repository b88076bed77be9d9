import { readFile } from "node:fs/promises";

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, State } from "vscode-languageclient/node";

import {
  CATALOG_REQUEST,
  CATALOG_SCHEME,
  initializationOptions,
  PLAN_COMMAND,
  type PlanAnswer,
  refusal,
  serverStart,
  type Settings,
} from "./server.js";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("bplint.plan", planOfEditor),
    vscode.commands.registerCommand("bplint.restart", restart),
    vscode.workspace.registerTextDocumentContentProvider(CATALOG_SCHEME, { provideTextDocumentContent: catalogText }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("bplint")) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

function settings(): Settings {
  const configuration = vscode.workspace.getConfiguration("bplint");
  return {
    interpreter: configuration.get<string>("interpreter", ""),
    pluginPath: configuration.get<string[]>("pluginPath", []),
    sourceRoot: configuration.get<string[]>("sourceRoot", []),
    inputs: configuration.get<string[]>("inputs", []),
    inlayHints: configuration.get<boolean>("inlayHints", false),
  };
}

/** The interpreter that the Python extension has selected for the workspace, where that extension is there. */
async function workspacePython(): Promise<string | undefined> {
  const python = vscode.extensions.getExtension("ms-python.python");
  if (python === undefined) {
    return undefined;
  }
  const api = python.isActive ? python.exports : await python.activate();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const environment = api?.environments?.getActiveEnvironmentPath?.(folder);
  return typeof environment?.path === "string" ? environment.path : undefined;
}

async function start(): Promise<void> {
  const current = settings();
  const begin = serverStart(current, await workspacePython());
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "yaml" },
      { scheme: "file", language: "python" },
    ],
    initializationOptions: initializationOptions(current),
    middleware: {
      executeCommand: async (command, args, next) => {
        const answer = await next(command, args);
        if (command === PLAN_COMMAND) {
          await showPlan(answer as PlanAnswer, String(args[1] ?? "install"));
        } else if (typeof answer?.uri === "string") {
          await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.parse(answer.uri));
        }
        return answer;
      },
    },
  };
  client = new LanguageClient("bplint", "bplint", begin, options);
  try {
    await client.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      `bplint: '${begin.command}' does not start the server (${reason}); it needs: pip install 'bplint[lsp]'`,
    );
  }
}

async function restart(): Promise<void> {
  if (client?.state === State.Running) {
    await client.stop();
  }
  await start();
}

async function catalogText(uri: vscode.Uri): Promise<string> {
  const text = await client?.sendRequest<string | null>(CATALOG_REQUEST, { uri: uri.toString(true) });
  return text ?? "";
}

async function planOfEditor(): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (client === undefined || uri === undefined) {
    return;
  }
  const workflow = await vscode.window.showInputBox({ prompt: "Workflow", value: "install" });
  if (workflow) {
    await vscode.commands.executeCommand(PLAN_COMMAND, uri.toString(), workflow);
  }
}

async function showPlan(answer: PlanAnswer | null, workflow: string): Promise<void> {
  if (answer?.path === undefined) {
    void vscode.window.showWarningMessage(`bplint: ${refusal(answer)}`);
    return;
  }
  const panel = vscode.window.createWebviewPanel("bplint.plan", `Plan: ${workflow}`, vscode.ViewColumn.Beside, {
    enableScripts: true,
    localResourceRoots: [],
  });
  panel.webview.html = await readFile(answer.path, "utf8");
}
