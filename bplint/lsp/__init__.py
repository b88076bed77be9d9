"""The language server: it only translates between an editor's protocol and `bplint.app`."""
