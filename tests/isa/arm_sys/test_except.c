/* SPDX-License-Identifier: MIT */
/* Modes, banks, exception entry and return, faults, interrupts, status register instructions. */
#include "tests/isa/arm_sys/rig.h"

static const unsigned modes[] = {
    MODE_USR, MODE_FIQ, MODE_IRQ, MODE_SVC, MODE_ABT, MODE_UND, MODE_SYS
};

static uint32_t cpsr(void)
{
    return arm_cpsr(rig.s);
}

static void set_mode(unsigned mode)
{
    arm_set_cpsr(rig.s, mode, CPSR_M);
}

/* Each bank keeps its own r13, r14 and SPSR, FIQ its own r8 to r12; USR and SYS share. */
static void banks(void)
{
    rig_new("cortex-a9");
    for (unsigned i = 0; i < G_N_ELEMENTS(modes); i++) {
        set_mode(modes[i]);
        for (unsigned n = 8; n < 15; n++) {
            rig.s->r[n] = modes[i] << 8 | n;
        }
        rig.s->spsr = modes[i] << 16;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(modes); i++) {
        unsigned mode = modes[i], owner = mode == MODE_USR ? MODE_SYS : mode;
        set_mode(mode);
        g_assert_cmphex(cpsr() & CPSR_M, ==, mode);
        g_assert_cmphex(rig.s->r[13], ==, owner << 8 | 13);
        g_assert_cmphex(rig.s->r[14], ==, owner << 8 | 14);
        g_assert_cmphex(rig.s->spsr, ==, owner << 16);
        unsigned low = mode == MODE_FIQ ? MODE_FIQ : MODE_SYS;
        for (unsigned n = 8; n < 13; n++) {
            g_assert_cmphex(rig.s->r[n], ==, low << 8 | n);
        }
    }
}

static void missing_modes(void)
{
    rig_new("cortex-a9");
    for (unsigned mode = 0; mode < 32; mode++) {
        if (!arm_mode_exists(rig.s, mode)) {
            arm_set_cpsr(rig.s, mode, CPSR_M);
            g_assert_cmphex(cpsr() & CPSR_M, ==, MODE_SVC);
        }
    }
}

typedef struct Entry {
    ArmException e;
    unsigned     vector, mode, lr_arm, lr_thumb;
    uint32_t     masks;
} Entry;

static const Entry entries[] = {
    { EXC_UNDEF, 0x04, MODE_UND, 4, 2, CPSR_I },
    { EXC_SVC,   0x08, MODE_SVC, 0, 0, CPSR_I },
    { EXC_PABT,  0x0c, MODE_ABT, 4, 4, CPSR_I | CPSR_A },
    { EXC_DABT,  0x10, MODE_ABT, 8, 8, CPSR_I | CPSR_A },
    { EXC_IRQ,   0x18, MODE_IRQ, 4, 4, CPSR_I | CPSR_A },
    { EXC_FIQ,   0x1c, MODE_FIQ, 4, 4, CPSR_I | CPSR_F | CPSR_A },
};

/* From every mode: CPSR saved, LR as the table says, flags kept; and back again. */
static void enter_and_return(void)
{
    for (unsigned k = 0; k < G_N_ELEMENTS(entries) * G_N_ELEMENTS(modes) * 2; k++) {
        const Entry *x = &entries[k / 2 % G_N_ELEMENTS(entries)];
        unsigned mode = modes[k / 2 / G_N_ELEMENTS(entries)];
        bool thumb = k & 1;
        uint32_t before = 0xa8050000 | mode | (thumb ? CPSR_T | 3 << 25 | 5 << 10 : 0);
        rig_new("cortex-a9");
        arm_set_cpsr(rig.s, before, UINT32_MAX);
        rig.s->r[13] = 0x1313;
        arm_take_exception(rig.s, x->e, 0x8000 | thumb);
        g_assert_cmphex(rig.s->cpu.pc, ==, x->vector);
        g_assert_cmphex(rig.s->spsr, ==, before);
        g_assert_cmphex(rig.s->r[14], ==, 0x8000 + (thumb ? x->lr_thumb : x->lr_arm));
        g_assert_cmphex(cpsr(), ==, 0xa8050000 | x->mode | x->masks);
        rig.s->excl_addr = 0x40;
        g_assert_cmphex(CALL(exception_return, 0x8002 + thumb), ==, thumb ? 0x8003 : 0x8000);
        rig.s->cpu.pc = thumb;
        g_assert_cmphex(cpsr(), ==, before);
        g_assert_cmphex(rig.s->excl_addr, ==, 1);
        if (arm_bank(mode) != arm_bank(x->mode)) {
            g_assert_cmphex(rig.s->r[13], ==, 0x1313);
        }
    }
}

static void vectors(void)
{
    rig_new("cortex-a15");
    rig.s->cp15.sctlr |= SCTLR_V | SCTLR_TE | SCTLR_EE;
    arm_take_exception(rig.s, EXC_SVC, 0x8000);
    g_assert_cmphex(rig.s->cpu.pc, ==, 0xffff0009);         /* high, in Thumb state */
    g_assert_true(cpsr() & CPSR_E);
    rig_new("cortex-a15");
    rig_mcr(ARM_CPREG(15, 0, 12, 0, 0), 0x1234567f);
    arm_take_exception(rig.s, EXC_IRQ, 0x8000);
    g_assert_cmphex(rig.s->cpu.pc, ==, 0x12345660 + 0x18);
    rig_new("arm926");                                      /* neither A nor E nor T */
    arm_set_cpsr(rig.s, MODE_USR, CPSR_M | CPSR_I | CPSR_F);
    arm_take_exception(rig.s, EXC_DABT, 0x8000);
    g_assert_cmphex(cpsr(), ==, MODE_ABT | CPSR_I);
}

static void fault_status(void)
{
    static const MmuFault read = { 0x1234, ACCESS_READ, 0x37, 4 };
    static const MmuFault write = { 0x1234, ACCESS_WRITE, 0x37, 4 };
    static const MmuFault fetch = { 0x1234, ACCESS_FETCH, 0x37, 4 };
    rig_new("cortex-a9");
    arm_mmu_fault(&rig.s->cpu, &read);
    g_assert_cmphex(rig.s->cp15.dfsr, ==, 0x37);
    g_assert_cmphex(rig.s->cp15.dfar, ==, 0x1234);
    arm_mmu_fault(&rig.s->cpu, &write);
    g_assert_cmphex(rig.s->cp15.dfsr, ==, 0x37 | 1 << 11);
    arm_mmu_fault(&rig.s->cpu, &fetch);
    g_assert_cmphex(rig.s->cp15.ifsr, ==, 0x07);            /* no domain for fetches */
    g_assert_cmphex(rig.s->cp15.ifar, ==, 0x1234);
    g_assert_cmphex(rig.s->cpu.pc, ==, 0x0c);
    arm_alignment_fault(&rig.s->cpu, 0x2001, ACCESS_READ, 0);
    g_assert_cmphex(rig.s->cp15.dfsr, ==, 0x01);
    arm_bus_fault(&rig.s->cpu, 0x3000, ACCESS_WRITE, MEM_DECODE_ERROR);
    g_assert_cmphex(rig.s->cp15.dfsr, ==, 0x08 | 1 << 11);
    arm_bus_fault(&rig.s->cpu, 0x3000, ACCESS_READ, MEM_DEVICE_ERROR);
    g_assert_cmphex(rig.s->cp15.dfsr, ==, 0x08 | 1 << 12);

    rig_new("arm926");                                      /* no WnR */
    arm_mmu_fault(&rig.s->cpu, &write);
    g_assert_cmphex(rig.s->cp15.dfsr, ==, 0x37);

    rig_new("cortex-a15");
    rig.s->cp15.ttbcr = 1u << 31;
    arm_alignment_fault(&rig.s->cpu, 0x2001, ACCESS_WRITE, 0);
    g_assert_cmphex(rig.s->cp15.dfsr, ==, 0x221 | 1 << 11);
    arm_bus_fault(&rig.s->cpu, 0x3000, ACCESS_FETCH, MEM_DECODE_ERROR);
    g_assert_cmphex(rig.s->cp15.ifsr, ==, 0x210);
}

static void interrupts(void)
{
    Cpu *cpu;
    rig_new("cortex-a9");
    cpu = &rig.s->cpu;
    cpu->pc = 0x8001;
    g_assert_false(arm_has_work(cpu));
    g_assert_true(arm_set_input(cpu, 0, 1));
    g_assert_true(arm_set_input(cpu, 1, 1));
    g_assert_true(arm_has_work(cpu));                       /* although both are masked */
    g_assert_false(arm_take_interrupt(cpu));
    g_assert_cmpuint(rig.exit_requests, ==, 0);
    arm_set_cpsr(rig.s, 0, CPSR_I | CPSR_F);
    g_assert_cmpuint(rig.exit_requests, ==, 1);             /* unmasking asks for a look */
    g_assert_true(arm_take_interrupt(cpu));                 /* FIQ first */
    g_assert_cmphex(cpu->pc, ==, 0x1c);
    g_assert_cmphex(rig.s->r[14], ==, 0x8004);
    g_assert_false(arm_take_interrupt(cpu));
    arm_set_input(cpu, 1, 0);
    arm_set_cpsr(rig.s, 0, CPSR_I);
    g_assert_true(arm_take_interrupt(cpu));
    g_assert_cmphex(cpu->pc, ==, 0x18);
    g_assert_false(arm_set_input(cpu, 0, 0));
    g_assert_false(arm_has_work(cpu));
    g_assert_false(arm_set_input(cpu, 2, 1));
}

static void msr(void)
{
    rig_new("cortex-a9");
    arm_set_cpsr(rig.s, MODE_USR, CPSR_M | CPSR_I | CPSR_F | CPSR_A);
    CALL(msr_cpsr, 0xffffffff, 0xf);                        /* what User mode may write */
    g_assert_cmphex(cpsr(), ==, 0xf80f0200 | MODE_USR);
    CALL(msr_cpsr, 0, 0xf);
    g_assert_cmphex(cpsr(), ==, MODE_USR);
    CALL(cps, 3, CPSR_I | CPSR_F, 0x100 | MODE_SVC);
    g_assert_cmphex(cpsr(), ==, MODE_USR);

    rig_new("cortex-a9");
    CALL(msr_cpsr, 0xffffffff, 0x8);                        /* f alone */
    g_assert_cmphex(cpsr(), ==, 0xf8000000 | MODE_SVC | CPSR_A | CPSR_I | CPSR_F);
    CALL(msr_cpsr, MODE_IRQ, 0x1);                          /* c alone */
    g_assert_cmphex(cpsr(), ==, 0xf8000100 | MODE_IRQ);
    CALL(msr_spsr, 0x12345678, 0x5);
    g_assert_cmphex(CALL(mrs_spsr), ==, 0x00340078);
    CALL(cps, 3, CPSR_F, 0);
    g_assert_cmphex(cpsr(), ==, 0xf8000100 | MODE_IRQ | CPSR_F);
    CALL(cps, 2, CPSR_F, 0x100 | MODE_SYS);
    g_assert_cmphex(cpsr(), ==, 0xf8000100 | MODE_SYS);
    CALL(msr_spsr, 0xffffffff, 0xf);
    g_assert_cmphex(CALL(mrs_spsr), ==, 0);
    CALL(setend, 1);
    g_assert_cmphex(CALL(mrs_cpsr), ==, 0xf8000300 | MODE_SYS);
    g_assert_true(arm_mode_key(&rig.s->cpu) & KEY_E);

    rig_new("arm926");                                      /* no A, no E, no GE */
    CALL(msr_cpsr, 0xffffff00 | MODE_SYS, 0xf);
    g_assert_cmphex(cpsr(), ==, 0xf8000000 | MODE_SYS);
    rig_new("arm920t");                                     /* no Q either */
    CALL(msr_cpsr, 0xffffff00 | MODE_SYS, 0xf);
    g_assert_cmphex(cpsr(), ==, 0xf0000000 | MODE_SYS);
}

/* A return in User mode cannot raise the privilege. */
static void user_return(void)
{
    rig_new("cortex-a9");
    rig.s->spsr = MODE_SVC;
    arm_set_cpsr(rig.s, MODE_USR, CPSR_M);
    rig.s->spsr = MODE_SVC;
    g_assert_cmphex(CALL(exception_return, 0x8000), ==, 0x8000);
    g_assert_cmphex(CALL(rfe, 0x8000, MODE_SVC), ==, 0x8000);
    g_assert_cmphex(cpsr() & CPSR_M, ==, MODE_USR);
}

static void rfe(void)
{
    rig_new("cortex-a9");
    g_assert_cmphex(CALL(rfe, 0x8002, MODE_USR | CPSR_T | CPSR_C), ==, 0x8003);
    rig.s->cpu.pc = 0x8003;
    g_assert_cmphex(cpsr(), ==, MODE_USR | CPSR_T | CPSR_C);
    g_assert_false(arm_mode_key(&rig.s->cpu) & KEY_PRIV);
}

static void other_modes_registers(void)
{
    rig_new("cortex-a15");
    CALL(set_user_reg, 13, 0x111);
    CALL(set_user_reg, 8, 0x888);
    g_assert_cmphex(rig.s->r[13], ==, 0);
    g_assert_cmphex(rig.s->r[8], ==, 0x888);                /* not banked here */
    set_mode(MODE_FIQ);
    g_assert_cmphex(rig.s->r[8], ==, 0);
    g_assert_cmphex(CALL(get_user_reg, 8), ==, 0x888);
    g_assert_cmphex(CALL(get_user_reg, 13), ==, 0x111);
    CALL(set_mode_sp, MODE_IRQ, 0x222);
    g_assert_cmphex(CALL(get_mode_sp, MODE_IRQ), ==, 0x222);
    g_assert_cmphex(CALL(mrs_banked, 0x11, 0, 0), ==, 0x222);           /* SP_irq */
    CALL(msr_banked, 0x20 | 0x12, MODE_USR, 0, 0);                      /* SPSR_svc */
    g_assert_cmphex(CALL(mrs_banked, 0x20 | 0x12, 0, 0), ==, MODE_USR);
    g_assert_cmphex(CALL(mrs_banked, 0x05, 0, 0), ==, 0x111);           /* SP_usr */
    CALL(msr_banked, 0x0d, 0x444, 0, 0);                                /* SP_fiq: the current */
    g_assert_cmphex(rig.s->r[13], ==, 0x444);
    g_assert_false(rig.left);
    CALL(mrs_banked, 0x1e, 0x8000, 0);                                  /* ELR_hyp: absent */
    g_assert_true(rig.left);
    g_assert_cmphex(rig.s->cpu.pc, ==, 0x04);
    g_assert_cmphex(rig.s->r[14], ==, 0x8004);
}

static void traps(void)
{
    rig_new("cortex-a9");
    rig.s->cpu.pc = 0x8000;
    g_assert_cmphex(CALL(svc, 0x8004, 0), ==, 0x08);
    g_assert_cmphex(rig.s->r[14], ==, 0x8004);
    g_assert_cmphex(CALL(undef, 0x9001, 0x2c), ==, 0x04);
    g_assert_cmphex(rig.s->r[14], ==, 0x9002);
    g_assert_cmphex(rig.s->spsr >> 25 & 3, ==, 0);          /* ITSTATE 0x2c: [1:0] */
    g_assert_cmphex(rig.s->spsr & CPSR_IT_HIGH, ==, 0x2c00);
    g_assert_cmphex(CALL(bkpt, 0xa000, 0), ==, 0x0c);
    g_assert_cmphex(rig.s->cp15.ifsr, ==, 2);
    g_assert_cmphex(CALL(hvc, 0xb000, 0xb004, 0, 0), ==, 0x04);         /* no firmware */
    g_assert_cmphex(CALL(wfi, 0xc000, 0), ==, 0);
    g_assert_true(rig.left && rig.s->cpu.halted);
    g_assert_cmphex(rig.s->cpu.pc, ==, 0xc000);
}

static bool firmware(Cpu *cpu, uint64_t regs[4], void *opaque)
{
    if (regs[0] != 0x84000000) {
        return false;
    }
    regs[0] = 0x10000;
    cpu->powered_off = regs[1];
    return true;
}

static void firmware_calls(void)
{
    rig_new("cortex-a15");
    rig.s->cpu.hvc = firmware;
    rig.s->r[0] = 0x84000000;
    g_assert_cmphex(CALL(hvc, 0xb000, 0xb004, 0, 0), ==, 0xb004);
    g_assert_cmphex(rig.s->r[0], ==, 0x10000);
    g_assert_cmphex(CALL(hvc, 0xb000, 0xb004, 0, 0), ==, 0x04);         /* an unknown call */
    g_assert_cmphex(CALL(smc, 0xb000, 0xb004, 0, 0), ==, 0x04);
    rig.s->r[0] = 0x84000000;
    rig.s->r[1] = 1;
    CALL(hvc, 0xb000, 0xb004, 0, 0);
    g_assert_true(rig.left);                                            /* powered off */
    g_assert_cmphex(rig.s->cpu.pc, ==, 0xb004);
    arm_set_cpsr(rig.s, MODE_USR, CPSR_M);
    rig.s->r[0] = 0x84000000;
    g_assert_cmphex(CALL(hvc, 0xb000, 0xb004, 0, 0), ==, 0x04);         /* not for users */
}

static GString *console;
static int exit_status = -1;

static void console_write(void *opaque, const char *buf, size_t len)
{
    g_string_append_len(console, buf, len);
}

static int console_read(void *opaque)
{
    return 'x';
}

static void console_exit(void *opaque, int status)
{
    exit_status = status;
}

static uint32_t semihost(uint32_t op, uint32_t arg)
{
    rig.s->r[0] = op;
    rig.s->r[1] = arg;
    g_assert_cmphex(CALL(semihost_svc, 0x8004, 0), ==, 0x8004);
    return rig.s->r[0];
}

static void semihosting(void)
{
    static const ArmSemihost ops = { console_write, console_read, console_exit };
    rig_new("cortex-a9");
    g_assert_cmphex(CALL(semihost_svc, 0x8004, 0), ==, 0x08);           /* off: an SVC */
    console = g_string_new("");
    arm_set_semihosting(&rig.s->cpu, &ops, NULL);
    memcpy(rig.ram + 0x100, "hello :tt", 10);
    semihost(0x04, 0x100);
    semihost(0x03, 0x104);
    g_assert_cmpstr(console->str, ==, "hello :tto");
    rig_poke32(0x200, 0x106);                                           /* SYS_OPEN ":tt", "w" */
    rig_poke32(0x204, 4);
    rig_poke32(0x208, 3);
    uint32_t handle = semihost(0x01, 0x200);
    g_assert_cmpint(handle, !=, UINT32_MAX);
    rig_poke32(0x200, handle);                                          /* SYS_WRITE */
    rig_poke32(0x204, 0x101);
    rig_poke32(0x208, 2);
    g_assert_cmpuint(semihost(0x05, 0x200), ==, 0);
    g_assert_cmpstr(console->str, ==, "hello :ttoel");
    rig_poke32(0x204, 0x300);                                           /* SYS_READ */
    rig_poke32(0x200, 1);
    g_assert_cmpuint(semihost(0x06, 0x200), ==, 0);
    g_assert_cmpmem(rig.ram + 0x300, 2, "xx", 2);
    g_assert_cmpuint(semihost(0x07, 0), ==, 'x');
    g_assert_cmpuint(semihost(0x0e, 0), ==, UINT32_MAX);                /* SYS_REMOVE: no */
    semihost(0x18, 0x20026);
    g_assert_cmpint(exit_status, ==, 0);
    rig_poke32(0x200, 0x20026);
    rig_poke32(0x204, 7);
    semihost(0x20, 0x200);
    g_assert_cmpint(exit_status, ==, 7);
    g_string_free(console, TRUE);
}

static void mode_keys(void)
{
    Cpu *cpu;
    rig_new("cortex-a9");
    cpu = &rig.s->cpu;
    g_assert_cmphex(arm_mode_key(cpu), ==, KEY_PRIV | KEY_UNALIGNED);
    rig_mcr(ARM_CPREG(15, 0, 1, 0, 2), 1 << 20 | 1 << 22);              /* CPACR: privileged */
    g_assert_cmphex(arm_mode_key(cpu) & (KEY_CP10 | KEY_VFP), ==, KEY_CP10);
    rig.s->fpexc = 1 << 30;
    g_assert_cmphex(arm_mode_key(cpu) & (KEY_VFP | KEY_NEON), ==, KEY_VFP | KEY_NEON);
    arm_set_cpsr(rig.s, MODE_USR, CPSR_M);
    g_assert_cmphex(arm_mode_key(cpu), ==, KEY_UNALIGNED | KEY_SYSTEM);
    g_assert_cmpuint(arm_fetch_mmu(cpu), ==, ARM_MMU_USER);
    arm_set_cpsr(rig.s, MODE_SVC, CPSR_M);
    rig_mcr(ARM_CPREG(15, 0, 1, 0, 2), 0x80f00000);                     /* ASEDIS */
    g_assert_cmphex(arm_mode_key(cpu) & (KEY_VFP | KEY_NEON), ==, KEY_VFP);
    rig.s->fpscr = 3 << 16 | 1 << 24;
    g_assert_cmphex(arm_mode_key(cpu) & KEY_VFP_SLOW, ==, KEY_VFP_SLOW);
    g_assert_cmphex(arm_mode_key(cpu) >> KEY_LEN_SHIFT & 7, ==, 3);
    unsigned changes = rig.mode_changes;
    arm_restore(cpu, 0x9000, 0x2c);
    g_assert_cmphex(arm_mode_key(cpu) >> KEY_IT_SHIFT & 0xff, ==, 0x2c);
    g_assert_cmpuint(rig.mode_changes, ==, changes + 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/arm/except/banks", banks);
    g_test_add_func("/arm/except/missing-modes", missing_modes);
    g_test_add_func("/arm/except/enter-and-return", enter_and_return);
    g_test_add_func("/arm/except/vectors", vectors);
    g_test_add_func("/arm/except/fault-status", fault_status);
    g_test_add_func("/arm/except/interrupts", interrupts);
    g_test_add_func("/arm/except/msr", msr);
    g_test_add_func("/arm/except/user-return", user_return);
    g_test_add_func("/arm/except/rfe", rfe);
    g_test_add_func("/arm/except/other-modes-registers", other_modes_registers);
    g_test_add_func("/arm/except/traps", traps);
    g_test_add_func("/arm/except/firmware-calls", firmware_calls);
    g_test_add_func("/arm/except/semihosting", semihosting);
    g_test_add_func("/arm/except/mode-keys", mode_keys);
    return g_test_run();
}
