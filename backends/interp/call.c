/* SPDX-License-Identifier: MIT */
/*
 * Calls of C through libffi: a call interface for each signature, made once and kept.
 */
#include "backends/interp/interp.h"
#include <string.h>

enum { MAX_CIF_ARGS = 8 };

typedef struct Signature {
    ffi_cif   cif;
    ffi_type *types[MAX_CIF_ARGS];
} Signature;

static ffi_type *ffi_type_of(char letter)
{
    switch (letter) {
    case 'd':
    case 'D':
        return &ffi_type_uint64;
    case 'V':
        return &ffi_type_pointer;
    default:
        return &ffi_type_uint32;
    }
}

static Signature *make_signature(const char *sig)
{
    Signature *s = g_new0(Signature, 1);
    unsigned n = 0;
    s->types[n++] = &ffi_type_pointer;                  /* Cpu * */
    if (sig[0] == 'V') {
        s->types[n++] = &ffi_type_pointer;              /* where the result goes */
    }
    for (const char *p = strchr(sig, ':') + 1; *p; p++) {
        g_assert(n < MAX_CIF_ARGS);
        s->types[n++] = ffi_type_of(*p);
    }
    ffi_type *result = sig[0] == ':' || sig[0] == 'V' ? &ffi_type_void : ffi_type_of(sig[0]);
    ffi_status status = ffi_prep_cif(&s->cif, FFI_DEFAULT_ABI, n, result, s->types);
    g_assert(status == FFI_OK);
    return s;
}

static Signature *find_signature(const char *sig)
{
    static GHashTable *known;
    static GMutex lock;
    g_mutex_lock(&lock);
    if (!known) {
        known = g_hash_table_new(g_str_hash, g_str_equal);
    }
    Signature *s = g_hash_table_lookup(known, sig);
    if (!s) {
        s = make_signature(sig);
        g_hash_table_insert(known, (gpointer)sig, s);
    }
    g_mutex_unlock(&lock);
    return s;
}

InterpCall *interp_prepare_call(const CallDef *def, CodeBuf *buf)
{
    InterpCall *call = buf->alloc(buf, sizeof(*call));
    if (call) {
        *call = (InterpCall){
            .def = def, .cif = &find_signature(def->sig)->cif,
            .n_args = strlen(strchr(def->sig, ':') + 1), .result = ir_sig_type(def->sig[0]),
        };
    }
    return call;
}

void interp_call(Run *s, const InterpCall *call, const V128 *const *args, V128 *out)
{
    const char *letters = strchr(call->def->sig, ':') + 1;
    void *values[MAX_CIF_ARGS];
    const V128 *pointers[MAX_CIF_ARGS];
    V128 copies[MAX_CIF_ARGS], wide = { .u64 = { 0, 0 } };
    V128 *wide_at = &wide;
    ffi_arg result = 0;
    unsigned n = 0;

    values[n++] = &s->cpu;
    if (call->result == IR_V128) {
        values[n++] = &wide_at;
    }
    for (unsigned i = 0; i < call->n_args; i++, n++) {
        copies[i] = *args[i];
        pointers[i] = &copies[i];
        values[n] = letters[i] == 'V' ? (void *)&pointers[i] : (void *)&copies[i];
    }
    ffi_call(call->cif, call->def->fn, &result, values);
    if (call->result == IR_V128) {
        *out = wide;
    } else if (call->result != IR_VOID) {
        *out = (V128){ .u64 = { ir_type_size(call->result) == 4 ? (uint32_t)result : result, 0 } };
    }
}
