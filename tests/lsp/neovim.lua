-- Drives Neovim's own client through a session: `nvim --headless -u NONE -l`-like, with the arguments in the
-- environment. Prints one JSON object with what it saw. Waits are on conditions that notifications make true.
local python, folder = vim.env.BPLINT_PYTHON, vim.env.BPLINT_FOLDER
local path = folder .. "/blueprint.yaml"
local seen = {}

vim.cmd("edit " .. path)
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = "bplint",
  cmd = { python, "-m", "bplint", "lsp" },
  root_dir = folder,
  workspace_folders = { { uri = vim.uri_from_fname(folder), name = "shop" } },
})
vim.lsp.buf_attach_client(buffer, client)

local function wait(what, condition)
  if not vim.wait(60000, condition, 20) then
    print(vim.json and vim.json.encode({ failed = what }) or "failed " .. what)
    vim.cmd("cquit 1")
  end
end

local function place(needle)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local column = line:find(needle, 1, true)
    if column then
      return { textDocument = vim.lsp.util.make_text_document_params(buffer),
               position = { line = number - 1, character = column } }
    end
  end
  error("not there: " .. needle)
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 60000) or {}
  for _, answer in pairs(answers) do
    if answer.err then
      return { error = answer.err.message }
    end
    return answer.result
  end
end

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(found, each.user_data and each.user_data.lsp and each.user_data.lsp.code or each.code)
  end
  return found
end

local function has(code)
  return function()
    return vim.tbl_contains(codes(), code)
  end
end

wait("the first diagnostics", has("BP627"))
seen.first = codes()

seen.hover = ask("textDocument/hover", place("store, port]")).contents.value
seen.definition = ask("textDocument/definition", place("net--lan"))[1].uri
local completion = place("members: [host]")
completion.position.character = completion.position.character + #"members: [" - 1
seen.completion = {}
for _, each in ipairs(ask("textDocument/completion", completion).items) do
  table.insert(seen.completion, each.label)
end

local rename = place("front:")
rename.newName = "facade"
vim.lsp.util.apply_workspace_edit(ask("textDocument/rename", rename), "utf-16")
seen.renamed = 0
for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
  seen.renamed = seen.renamed + (line:find("facade", 1, true) and 1 or 0)
  seen.left = seen.left or (line:find("front", 1, true) and line)
end

local wrong = place("type: shop.nodes.Special").position.line
vim.api.nvim_buf_set_lines(buffer, wrong, wrong + 1, false, { "    type: shop.nodes.Specal" })
wait("the diagnostic of the wrong type", has("BP250"))
local actions = ask("textDocument/codeAction", {
  textDocument = vim.lsp.util.make_text_document_params(buffer),
  range = { start = { line = 0, character = 0 }, ["end"] = { line = 0, character = 0 } },
  context = { diagnostics = {}, only = { "source.fixAll.bplint" } },
})
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
wait("the end of the diagnostic", function()
  return not has("BP250")()
end)
seen.fixed = vim.api.nvim_buf_get_lines(buffer, wrong, wrong + 1, false)[1]

io.stdout:write(vim.json.encode(seen))
vim.lsp.stop_client(client, false)
vim.cmd("qall!")
