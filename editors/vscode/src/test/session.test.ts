// The server as the extension starts it, in a conversation over standard input and output.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

import { CATALOG_REQUEST, initializationOptions, PLAN_COMMAND, type PlanAnswer, refusal, serverStart } from "../server.js";

const SETTINGS = { interpreter: process.env.BPLINT_PYTHON ?? "", pluginPath: [], sourceRoot: [], inputs: [], inlayHints: true };
const BLUEPRINT = `tosca_definitions_version: cloudify_dsl_1_5
imports:
  - cloudify/types/types.yaml
node_templates:
  host:
    type: cloudify.nodes.Compte
`;

interface Published {
  uri: string;
  diagnostics: { code: string }[];
}

test("the interpreter is the configured one, the workspace's, or python3", () => {
  assert.equal(serverStart({ ...SETTINGS, interpreter: "/a/python" }, "/b/python").command, "/a/python");
  assert.equal(serverStart({ ...SETTINGS, interpreter: "" }, "/b/python").command, "/b/python");
  assert.match(serverStart({ ...SETTINGS, interpreter: "" }, undefined).command, /^python3?$/);
});

test("why there is no plan is said in words", () => {
  assert.equal(refusal({ refusals: ["a", "b"] }), "a; b");
  assert.equal(refusal(null), "there is no plan of this file");
});

test("a session", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bplint-"));
  const path = join(folder, "blueprint.yaml");
  await writeFile(path, BLUEPRINT);
  const uri = pathToFileURL(path).href;
  const begin = serverStart(SETTINGS, undefined);
  const server = spawn(begin.command, begin.args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => server.once("exit", resolve));
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let wanted: (codes: string[]) => boolean = () => false;
  let resolve: (codes: string[]) => void = () => undefined;
  connection.onNotification("textDocument/publishDiagnostics", (params: Published) => {
    const codes = params.diagnostics.map((each) => each.code);
    if (params.uri === uri && wanted(codes)) {
      resolve(codes);
    }
  });
  const told = (condition: (codes: string[]) => boolean): Promise<string[]> => {
    wanted = condition;
    return new Promise((done) => {
      resolve = done;
    });
  };
  connection.listen();

  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "test" }],
    capabilities: {},
    initializationOptions: initializationOptions(SETTINGS),
  });
  const first = told((codes) => codes.includes("BP250"));
  await connection.sendNotification("initialized", {});
  const textDocument = { uri, languageId: "yaml", version: 1, text: BLUEPRINT };
  await connection.sendNotification("textDocument/didOpen", { textDocument });
  await first;

  const mended = told((codes) => !codes.includes("BP250"));
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: BLUEPRINT.replace("Compte", "Compute") }],
  });
  await mended;

  const places: { uri: string }[] = await connection.sendRequest("textDocument/definition", {
    textDocument: { uri },
    position: { line: 5, character: 30 },
  });
  assert.match(places[0].uri, /^bplint-catalog:/);
  const text: string = await connection.sendRequest(CATALOG_REQUEST, { uri: places[0].uri });
  assert.match(text, /^ {2}cloudify\.nodes\.Compute:$/m);

  const answer: PlanAnswer = await connection.sendRequest("workspace/executeCommand", {
    command: PLAN_COMMAND,
    arguments: [uri, "install"],
  });
  assert.ok(answer.path?.endsWith(".html"), refusal(answer));

  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  assert.equal(await ended, 0);
  connection.dispose();
});
