/* SPDX-License-Identifier: MIT */
/*
 * CPU models and CPUID.  The tables: models.def, features.def.
 * Implements: SDM 2A, CPUID; AMD APM 3, appendix E, for the extended leaves.
 */
#include "frontends/x86/cpu.h"
#include "system/error.h"

#define MODEL(...) { __VA_ARGS__ },
static const X86Model models[] = {
#include "frontends/x86/models.def"
};

typedef struct FeatureDef {
    uint32_t    leaf, subleaf;
    uint8_t     reg, bit;
    const char *name;
} FeatureDef;

static const FeatureDef features[X86_N_FEATURES] = {
#define FEATURE(id, leaf, sub, reg, bit, name) [X86_##id] = { leaf, sub, reg, bit, name },
#include "frontends/x86/features.def"
};

const X86Model *x86_model(unsigned n)
{
    return n < ARRAY_SIZE(models) ? &models[n] : NULL;
}

static const X86Model *find_model(const char *name, size_t len)
{
    for (unsigned i = 0; i < ARRAY_SIZE(models); i++) {
        if (strlen(models[i].name) == len && !g_ascii_strncasecmp(models[i].name, name, len)) {
            return &models[i];
        }
    }
    return NULL;
}

static int find_feature(const char *name, size_t len)
{
    for (unsigned i = 0; i < X86_N_FEATURES; i++) {
        if (strlen(features[i].name) == len && !strncmp(features[i].name, name, len)) {
            return i;
        }
    }
    return -1;
}

static void set_feature(X86Cpu *s, unsigned f, bool on)
{
    s->features[f / 64] = (s->features[f / 64] & ~BIT64(f % 64)) | (uint64_t)on << f % 64;
}

static void add_features(X86Cpu *s, const char *list)
{
    for (const char *p = list; *p; ) {
        size_t len = strcspn(p, " ");
        if (*p == '@') {
            add_features(s, find_model(p + 1, len - 1)->features);
        } else {
            set_feature(s, find_feature(p, len), true);
        }
        p += len + strspn(p + len, " ");
    }
}

/* ",+name,-name" */
static bool change_features(X86Cpu *s, const char *text, GError **err)
{
    while (*text == ',') {
        size_t len = strcspn(text + 1, ",");
        bool on = text[1] == '+';
        int f = len > 1 && (on || text[1] == '-') ? find_feature(text + 2, len - 1) : -1;
        if (f < 0) {
            return fail(err, EMU_ERROR_USAGE,
                        "-cpu: '%.*s' is no feature that can be added by + or "
                        "removed by -", (int)len, text + 1);
        }
        set_feature(s, f, on);
        text += 1 + len;
    }
    return true;
}

bool x86_set_model(X86Cpu *s, const char *text, GError **err)
{
    size_t len = strcspn(text, ",");
    const X86Model *m = find_model(text, len);
    if (!m) {
        const char *names[ARRAY_SIZE(models) + 1] = { NULL };
        for (unsigned i = 0; i < ARRAY_SIZE(models); i++) {
            names[i] = models[i].name;
        }
        return fail_unknown(err, "CPU model", text, names);
    }
    s->model = m;
    s->cpu.model = m;
    memset(s->features, 0, sizeof(s->features));
    add_features(s, m->features);
    bool ok = change_features(s, text + len, err);
    s->cpu.local_apic = x86_has(s, X86_APIC);
    return ok;
}

/* ---- CPUID ---- */

static uint32_t feature_word(const X86Cpu *s, uint32_t leaf, uint32_t subleaf, unsigned reg)
{
    uint32_t v = 0;
    for (unsigned i = 0; i < X86_N_FEATURES; i++) {
        const FeatureDef *f = &features[i];
        if (f->leaf && f->leaf == leaf && f->subleaf == subleaf && f->reg == reg && x86_has(s, i)) {
            v |= BIT32(f->bit);
        }
    }
    return v;
}

/* Family above 15 and model above 15 have fields of their own. */
static uint32_t signature(const X86Model *m)
{
    unsigned family = MIN(m->family, 15);
    return m->stepping | (m->model & 15) << 4 | family << 8 | m->model >> 4 << 16 |
           (m->family - family) << 20;
}

static unsigned apic_id(const X86Cpu *s)
{
    const CpuPlatform *p = s->cpu.platform;
    return p && p->apic_id ? p->apic_id(s->cpu.platform_opaque) : s->cpu.index;
}

static void text_words(uint32_t out[4], const char *text, unsigned from)
{
    char buf[48] = "";
    g_strlcpy(buf, text ? text : "", sizeof(buf));
    for (unsigned i = 0; i < 4; i++) {
        out[i] = ld_le32(buf + from + 4 * i);
    }
}

/* XSAVE's areas: legacy, header, upper halves of ymm. */
static void leaf_d(X86Cpu *s, uint32_t subleaf, uint32_t out[4])
{
    bool avx = x86_has(s, X86_AVX);
    if (!x86_has(s, X86_XSAVE)) {
        return;
    }
    if (subleaf == 0) {
        out[0] = avx ? 7 : 3;
        out[1] = s->xcr0 & 4 ? 0x340 : 0x240;
        out[2] = avx ? 0x340 : 0x240;
    } else if (subleaf == 2 && avx) {
        out[0] = 0x100;
        out[1] = 0x240;
    }
}

/* ---- caches: those of a generic processor, from SSE2 on; a processor shares them with no other ---- */

enum { CACHE_DATA = 1, CACHE_CODE, CACHE_UNIFIED, CACHE_LINE = 64 };

typedef struct CacheDef {
    uint8_t  kind, level, ways;
    uint16_t sets;
} CacheDef;

static const CacheDef caches[] = {
    { CACHE_DATA,    1, 8, 64 },        /* 32 KiB */
    { CACHE_CODE,    1, 8, 64 },
    { CACHE_UNIFIED, 2, 8, 1024 },      /* 512 KiB */
};
enum { L2 = 2 };

/* Caches and TLBs by the descriptors of the SDM's table: a Pentium III's are AP-485's example; 0FFh sends to
 * leaf 4. */
static void leaf_2(const X86Cpu *s, uint32_t out[4])
{
    out[0] = x86_has(s, X86_SSE) ? 0x03020101 : 0x01;
    out[3] = x86_has(s, X86_SSE2) ? 0xff04 : x86_has(s, X86_SSE) ? 0x0c040882 : 0;
}

static void leaf_4(const X86Cpu *s, uint32_t subleaf, uint32_t out[4])
{
    if (x86_has(s, X86_SSE2) && subleaf < ARRAY_SIZE(caches)) {
        const CacheDef *c = &caches[subleaf];
        out[0] = c->kind | c->level << 5 | BIT32(8);    /* needs no setting up */
        out[1] = (CACHE_LINE - 1) | (c->ways - 1) << 22;
        out[2] = c->sets - 1;
    }
}

/* The second-level cache: KiB, associativity (6: 8 ways), line. */
static uint32_t l2_word(const X86Cpu *s)
{
    const CacheDef *c = &caches[L2];
    return x86_has(s, X86_SSE2) ? c->ways * c->sets * CACHE_LINE / KiB << 16 | 6 << 12 | CACHE_LINE : 0;
}

static uint32_t max_basic(const X86Cpu *s)
{
    return x86_has(s, X86_HYPERVISOR) ? 0x16 : x86_has(s, X86_XSAVE) ? 0xd : x86_has(s, X86_X2APIC) ? 0xb : x86_has(s, X86_SSE3) ? 5 :
           x86_has(s, X86_CMOV) ? 2 : 1;
}

static void basic_leaf(X86Cpu *s, uint32_t leaf, uint32_t subleaf, uint32_t out[4])
{
    const X86Model *m = s->model;
    switch (leaf) {
    case 0:
        out[0] = max_basic(s);
        out[1] = ld_le32(m->vendor);
        out[3] = ld_le32(m->vendor + 4);
        out[2] = ld_le32(m->vendor + 8);
        break;
    case 1:
        out[0] = signature(m);
        out[1] = apic_id(s) << 24 | (x86_has(s, X86_CLFLUSH) ? 0x10800 : 0x10000);
        out[2] |= s->cr4 & CR4_OSXSAVE ? BIT32(27) : 0;
        break;
    case 2:
        leaf_2(s, out);
        break;
    case 4:
        leaf_4(s, subleaf, out);
        break;
    case 5:
        out[0] = out[1] = 64;           /* MONITOR's line */
        out[2] = 3;
        break;
    case 0xb:
        if (!x86_has(s, X86_X2APIC)) {
            break;
        }
        out[2] = subleaf & 0xff;
        out[3] = apic_id(s);
        if (subleaf < 2) {
            out[0] = subleaf ? 8 : 0;
            out[1] = 1;
            out[2] |= (subleaf + 1) << 8;
        }
        break;
    case 0xd:
        if (x86_has(s, X86_XSAVE)) {
            leaf_d(s, subleaf, out);
        }
        break;
    case 0x15:                          /* TSC and APIC timer: nobody need measure on a busy host */
        out[0] = out[1] = 1;
        out[2] = X86_TSC_HZ;
        break;
    case 0x16:                          /* MHz: base, most, bus */
        out[0] = out[1] = X86_TSC_HZ / 1000000;
        out[2] = 100;
        break;
    }
}

static void extended_leaf(X86Cpu *s, uint32_t leaf, uint32_t out[4])
{
    const X86Model *m = s->model;
    switch (leaf) {
    case 0x80000000:
        out[0] = 0x80000008;
        break;
    case 0x80000002: case 0x80000003: case 0x80000004:
        text_words(out, m->brand, (leaf - 0x80000002) * 16);
        break;
    case 0x80000006:
        out[2] = l2_word(s);
        break;
    case 0x80000008:
        out[0] = m->phys_bits | (x86_has(s, X86_LM) ? 48 : 32) << 8;
        break;
    }
}

/* Leaves that are not there are those of the highest basic one (SDM); ours has nothing, so 0. */
void x86_cpuid(X86Cpu *s, uint32_t leaf, uint32_t subleaf, uint32_t out[4])
{
    bool by_subleaf = leaf == 7 || leaf == 0xd;
    bool extended = leaf >= 0x80000000;
    memset(out, 0, 16);
    if (extended ? !s->model->brand || leaf > 0x80000008 : leaf > max_basic(s)) {
        return;
    }
    for (unsigned reg = 0; reg < 4; reg++) {
        out[reg] = feature_word(s, leaf, by_subleaf ? subleaf : 0, reg);
    }
    if (extended) {
        extended_leaf(s, leaf, out);
    } else {
        basic_leaf(s, leaf, subleaf, out);
    }
}
