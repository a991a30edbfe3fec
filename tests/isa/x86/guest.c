/* SPDX-License-Identifier: MIT */
#include "tests/isa/x86/guest.h"

#include "system/lock.h"
#include "tcg/engine.h"

/* Below the code: page tables, descriptor tables, handlers (HLT, one a vector), a stack. */
enum {
    PML4 = 0x1000, PDPT = 0x2000, PD = 0x3000, IDT64 = 0x4000, IDT32 = 0x5000, GDT = 0x6000,
    TSS64 = 0x7000, TSS32 = 0x8000, HANDLERS = 0x9000, STACK_TOP = 0xc000, PD32 = 0xd000,
    LOW_SIZE = 0x10000, CODE_SEL = 0x08, CODE32_SEL = 0x18, DATA_SEL = 0x10, USER_SEL = 0x33,
};

static X86Cpu *cpu;
static MemoryRegion root, low, ram;
static AddressSpace as;
static GuestNext *ask;
static X86State state;
static bool running, in_32, legacy;

static void poke(uint64_t at, uint64_t v)
{
    st_le64(low.ram->host + at, v);
}

static void put_tables(void)
{
    poke(PML4, PDPT | 7);
    poke(PDPT, PD | 7);
    for (uint64_t i = 0; i < 512; i++) {
        poke(PD + 8 * i, i << 21 | 0xe7);
        st_le32(low.ram->host + PD32 + 4 * i, i << 22 | 0xe7);
    }
    poke(GDT + CODE_SEL, 0x00af9b000000ffff);
    poke(GDT + DATA_SEL, 0x00cf93000000ffff);
    poke(GDT + CODE32_SEL, 0x00cf9b000000ffff);
    for (unsigned v = 0; v < 256; v++) {
        uint64_t handler = HANDLERS + v * 8;
        low.ram->host[handler] = 0xf4;
        poke(IDT64 + 16 * v, (handler & 0xffff) | CODE_SEL << 16 | 0xee00ull << 32 |
                             handler >> 16 << 48);
        poke(IDT64 + 16 * v + 8, 0);
        poke(IDT32 + 8 * v, (handler & 0xffff) | CODE32_SEL << 16 | 0xee00ull << 32);
    }
    poke(TSS64 + 4, STACK_TOP);
    st_le32(low.ram->host + TSS32 + 4, STACK_TOP);
    st_le32(low.ram->host + TSS32 + 8, DATA_SEL);
}

/* Straight into the mode: the system's tests are elsewhere. */
static void enter_mode(bool code32)
{
    X86Cpu *s = cpu;
    uint16_t user = 0x60;
    in_32 = code32;
    legacy = code32 && g_random_boolean();
    s->cr0 = CR0_PE | CR0_PG | CR0_WP | CR0_ET | CR0_NE;
    s->cr4 = legacy ? CR4_PSE : CR4_PAE;
    s->cr4 |= CR4_OSFXSR | CR4_OSXMMEXCPT | CR4_OSXSAVE;
    s->xcr0 = 7;
    s->efer = legacy ? 0 : EFER_LME | EFER_LMA | EFER_SCE | EFER_NXE;
    s->cr3 = legacy ? PD32 : PML4;
    s->gdt_base = GDT;
    s->gdt_limit = 0xff;
    s->idt_base = legacy ? IDT32 : IDT64;
    s->idt_limit = 0xfff;
    s->eflags = EFL_ONE | EFL_IF;
    x86_seg_set(s, SEG_TR, 0x40, legacy ? TSS32 : TSS64, 0x67, 0x8b);
    x86_seg_set(s, SEG_CS, code32 ? 0x23 : USER_SEL, 0, UINT32_MAX,
                (code32 ? 0xc09b : 0xa09b) | user);
    static const uint8_t data[] = { SEG_ES, SEG_SS, SEG_DS, SEG_FS, SEG_GS };
    for (unsigned i = 0; i < ARRAY_SIZE(data); i++) {
        x86_seg_set(s, data[i], 0x2b, 0, UINT32_MAX, 0xc093 | user);
    }
    tlb_flush_all(&s->cpu);
}

static void put_state(const X86State *in, bool code32)
{
    enter_mode(code32);
    memcpy(cpu->r, in->r, sizeof(cpu->r));
    cpu->cpu.pc = in->rip;
    x86_set_eflags(cpu, in->eflags, EFL_ARITH | EFL_DF);
    x87_reset(cpu, 0x37f);
    x87_set_tags(cpu, 0);
    for (unsigned i = 0; i < 8; i++) {
        cpu->cpu.x87[i].mant = in->mm[i];
        cpu->cpu.x87[i].exp = 0xffff;
    }
    memcpy(cpu->xmm, in->xmm, sizeof(cpu->xmm));
    memcpy(cpu->ymmh, in->ymmh, sizeof(cpu->ymmh));
    x86_set_mxcsr(cpu, in->mxcsr);
    x86_mode_changed(cpu);
}

/* From the handler's stack. */
static void get_state(X86State *out)
{
    static const uint32_t has_error = 0x27d00;
    unsigned vector = (cpu->cpu.pc - 1 - HANDLERS) / 8;
    const uint8_t *frame = low.ram->host + (uint32_t)cpu->r[RSP_];
    unsigned w = legacy ? 4 : 8;
    if (vector < 32 && has_error >> vector & 1) {
        frame += w;
    }
    memcpy(out->r, cpu->r, sizeof(out->r));
    out->rip = ld_endian(frame, w, ENDIAN_LITTLE);
    out->eflags = ld_endian(frame + 2 * w, w, ENDIAN_LITTLE);
    out->r[RSP_] = ld_endian(frame + 3 * w, w, ENDIAN_LITTLE);
    for (unsigned i = 0; i < 8; i++) {
        out->mm[i] = cpu->cpu.x87[i].mant;
    }
    memcpy(out->xmm, cpu->xmm, sizeof(out->xmm));
    memcpy(out->ymmh, cpu->ymmh, sizeof(out->ymmh));
    out->mxcsr = x86_get_mxcsr(cpu);
    out->vector = vector == EXC_BP ? -1 : (int)vector;
    out->rip -= vector == EXC_BP;
}

static bool has_work(const Cpu *c)
{
    bool code32;
    (void)c;
    X86State last;
    if (running) {
        get_state(&last);
    }
    if (!ask(running ? &last : NULL, &state, &code32)) {
        cpus_quit();
        return true;
    }
    put_state(&state, code32);
    running = true;
    return true;
}

X86Cpu *guest_start(const char *accel, const char *model)
{
    GError *err = NULL;
    static GuestIsa isa;
    clock_init();
    machine_lock();
    memory_container_init(&root, "root", MEMORY_SIZE_MAX);
    if (!tcg_init(accel, 32 * MiB, &err) || !memory_ram_init(&low, "low", LOW_SIZE, &err) ||
        !memory_ram_init(&ram, "ram", X86_DATA + X86_DATA_SIZE - X86_CODE, &err)) {
        g_error("%s", err->message);
    }
    memory_add(&root, 0, &low, 0);
    memory_add(&root, X86_CODE, &ram, 0);
    address_space_init(&as, "guest", &root);
    isa = guest_x86;
    isa.has_work = has_work;
    cpu = X86(cpu_new(&isa, model, 0, &as, &err));
    if (!cpu) {
        g_error("%s", err->message);
    }
    put_tables();
    cpu->cpu.halted = true;
    cpus_resume();
    machine_unlock();
    return cpu;
}

uint8_t *guest_code(void)
{
    return ram.ram->host;
}

uint8_t *guest_data(void)
{
    return ram.ram->host + X86_DATA - X86_CODE;
}

void guest_put_code(const uint8_t *bytes, unsigned size)
{
    address_space_write(&as, X86_CODE, bytes, size);
}

void guest_loop(GuestNext *next)
{
    ask = next;
    cpu_run(&cpu->cpu);
}
