/* SPDX-License-Identifier: MIT */
#include "tests/isa/arm_sys/rig.h"
#include <ffi.h>
#include <setjmp.h>

enum { RAM_BYTES = 1 << 20 };

Rig rig;
static jmp_buf leave;

void rig_new(const char *model)
{
    if (!rig.s) {
        rig.s = g_malloc0(sizeof(ArmCpu));
        rig.ram = g_malloc(RAM_BYTES);
    }
    memset(rig.s, 0, sizeof(ArmCpu));
    memset(rig.ram, 0, RAM_BYTES);
    clock_init();
    clock_use_steps();
    arm_set_model(rig.s, arm_model_find(model));
    arm_reset(&rig.s->cpu);
    rig.flushes = rig.page_flushes = rig.shared_flushes = rig.asid_flushes = 0;
    rig.mode_changes = rig.exit_requests = 0;
    rig.left = false;
}

void rig_poke32(GPa pa, uint32_t v)
{
    st_le32(rig.ram + pa, v);
}

void rig_poke64(GPa pa, uint64_t v)
{
    st_le64(rig.ram + pa, v);
}

static ffi_type *type_of(char c)
{
    return c == 'd' ? &ffi_type_uint64 : c == 'w' ? &ffi_type_uint32 : &ffi_type_void;
}

uint64_t rig_call(const CallDef *def, unsigned n, const uint64_t *args)
{
    const char *sig = def->sig;
    char result = *sig == ':' ? 0 : *sig++;
    Cpu *cpu = &rig.s->cpu;
    ffi_type *types[8] = { &ffi_type_pointer };
    void *values[8] = { &cpu };
    uint64_t copy[8];
    ffi_arg ret = 0;
    ffi_cif cif;

    g_assert_cmpint(*sig++, ==, ':');
    g_assert_cmpuint(strlen(sig), ==, n);
    for (unsigned i = 0; i < n; i++) {
        copy[i] = args[i];
        types[i + 1] = type_of(sig[i]);
        values[i + 1] = &copy[i];
    }
    g_assert_cmpint(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, n + 1, type_of(result), types), ==, FFI_OK);
    rig.left = setjmp(leave);
    if (!rig.left) {
        ffi_call(&cif, def->fn, &ret, values);
    }
    return result == 'w' ? (uint32_t)ret : ret;
}

/* ---- the engine's side ---- */

void cpu_leave(Cpu *cpu)
{
    longjmp(leave, 1);
}

void cpu_mode_changed(Cpu *cpu)
{
    rig.mode_changes++;
}

void cpu_note_exception(Cpu *cpu, const char *name, bool fault, uint64_t from)
{
}

void cpu_request_exit(Cpu *cpu, uint32_t why)
{
    rig.exit_requests++;
}

void tlb_set_asid(Cpu *cpu, unsigned asid)
{
    rig.asid = asid;
}

void tlb_flush_all(Cpu *cpu)
{
    rig.flushes++;
}

void tlb_flush_asid(Cpu *cpu, unsigned asid)
{
    rig.asid_flushes++;
}

void tlb_flush_page(Cpu *cpu, GVa va)
{
    rig.page_flushes++;
    rig.flushed_page = va;
}

bool tcg_parallel;

void tlb_flush_others(Cpu *cpu)
{
    rig.shared_flushes++;
}

bool cpu_must_sync(Cpu *cpu)
{
    return rig.shared_flushes > 0;
}

bool cpu_ld_phys(Cpu *cpu, GPa pa, unsigned size, Endian e, uint64_t *v)
{
    if (pa + size > RAM_BYTES) {
        return false;
    }
    *v = ld_endian(rig.ram + pa, size, e);
    return true;
}

uint64_t cpu_ld(Cpu *cpu, GVa va, IrMem mem)
{
    uint64_t v = 0;
    cpu_ld_phys(cpu, va, mem.size, mem.big ? ENDIAN_BIG : ENDIAN_LITTLE, &v);
    return v;
}

void cpu_st(Cpu *cpu, GVa va, uint64_t v, IrMem mem)
{
    if (va + mem.size <= RAM_BYTES) {
        st_endian(rig.ram + va, v, mem.size, mem.big ? ENDIAN_BIG : ENDIAN_LITTLE);
    }
}

void host_fp_set_rounding(Cpu *cpu, unsigned mode)
{
}

uint32_t host_fp_sticky(Cpu *cpu)
{
    return 0;
}

void host_fp_clear_sticky(Cpu *cpu)
{
}
