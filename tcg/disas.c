/* SPDX-License-Identifier: MIT */
/* Machine code as text: one capstone handle for each (architecture, mode) that was asked for. */
#include "tcg/disas.h"

#include <capstone/capstone.h>
#include <glib.h>
#include <inttypes.h>

static csh handle_for(int arch, int mode)
{
    static GHashTable *handles;
    if (!handles) {
        handles = g_hash_table_new(g_direct_hash, g_direct_equal);
    }
    gpointer key = GUINT_TO_POINTER((guint)arch << 24 ^ (guint)mode);
    gpointer known = g_hash_table_lookup(handles, key);
    csh h = GPOINTER_TO_SIZE(known);
    if (!known) {
        if (cs_open(arch, mode, &h) != CS_ERR_OK) {
            return 0;
        }
        cs_option(h, CS_OPT_SKIPDATA, CS_OPT_ON);
        g_hash_table_insert(handles, key, GSIZE_TO_POINTER(h));
    }
    return h;
}

void disas(FILE *f, int cs_arch, int cs_mode, const uint8_t *code, size_t size, uint64_t address)
{
    csh h = handle_for(cs_arch, cs_mode);
    if (!h) {
        fprintf(f, "%#" PRIx64 ": %zu bytes that capstone has no disassembler for\n", address, size);
        return;
    }
    cs_insn *insn = cs_malloc(h);
    while (cs_disasm_iter(h, &code, &size, &address, insn)) {
        fprintf(f, "%8" PRIx64 ":  ", insn->address);
        for (unsigned i = 0; i < 8; i++) {
            if (i < insn->size) {
                fprintf(f, "%02x", insn->bytes[i]);
            } else {
                fputs("  ", f);
            }
        }
        fprintf(f, "  %s %s\n", insn->mnemonic, insn->op_str);
    }
    cs_free(insn, 1);
}
