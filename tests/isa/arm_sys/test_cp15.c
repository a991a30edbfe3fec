/* SPDX-License-Identifier: MIT */
/* Coprocessor registers: access rights, identities, what changes translations, timers. */
#include "tests/isa/arm_sys/rig.h"

#define MIDR      ARM_CPREG(15, 0, 0, 0, 0)
#define TPIDRURW  ARM_CPREG(15, 0, 13, 0, 2)
#define TPIDRURO  ARM_CPREG(15, 0, 13, 0, 3)
#define TPIDRPRW  ARM_CPREG(15, 0, 13, 0, 4)
#define CONTEXT   ARM_CPREG(15, 0, 13, 0, 1)
#define CNTFRQ    ARM_CPREG(15, 0, 14, 0, 0)
#define CNTKCTL   ARM_CPREG(15, 0, 14, 1, 0)
#define CNTV_TVAL ARM_CPREG(15, 0, 14, 3, 0)
#define CNTV_CTL  ARM_CPREG(15, 0, 14, 3, 1)
#define CNTVCT    ARM_CPREG(15, 1, 0, 14, 0)
#define CNTV_CVAL ARM_CPREG(15, 3, 0, 14, 0)

static void user_mode(void)
{
    arm_set_cpsr(rig.s, MODE_USR, CPSR_M);
}

/* Every row of every model: the call agrees with the row's rights in both privileges, and with what
 * the lifter is told. */
static void rights(void)
{
    for (unsigned m = 0; arm_model(m); m++) {
        for (unsigned i = 0; i < arm_n_cp_regs * 4; i++) {
            const CpReg *r = &arm_cp_regs[i / 4];
            bool write = i & 1, user = i & 2;
            rig_new(arm_model(m)->name);
            if (arm_cp_find(rig.s, r->reg, r->is64) != r) {
                continue;
            }
            if (user) {
                user_mode();
            }
            ArmCpPlan plan = arm_cp_plan(rig.s, r->reg, r->is64, write,
                                         arm_mode_key(&rig.s->cpu));
            rig.s->cpu.pc = 0x8000;
            if (r->is64) {
                write ? CALL(mcrr, r->reg, 0, 0) : CALL(mrrc, r->reg, 0);
            } else {
                write ? CALL(mcr, r->reg, 0, 0) : CALL(mrc, r->reg, 0);
            }
            bool undefined = rig.left && rig.s->cpu.pc == 0x04;
            g_test_message("%s %s %d %d", arm_model(m)->name, r->name, write, user);
            unsigned right = (write ? PL1_W : PL1_R) << (user ? 2 : 0);
            bool closed = user && r->allow;             /* all of them are, after reset */
            g_assert_cmpint(undefined, ==, !(r->rights & right) || closed);
            g_assert_cmpint(plan.kind == ARM_CP_UNDEF, ==, !(r->rights & right));
        }
    }
}

/* No two rows for one register of a model. */
static void unique(void)
{
    for (unsigned m = 0; arm_model(m); m++) {
        rig_new(arm_model(m)->name);
        for (unsigned i = 0; i < arm_n_cp_regs; i++) {
            for (unsigned j = i + 1; j < arm_n_cp_regs; j++) {
                const CpReg *a = &arm_cp_regs[i], *b = &arm_cp_regs[j];
                uint64_t f = rig.s->features;
                bool both = (f & a->needs) == a->needs && !(f & a->lacks) &&
                            (f & b->needs) == b->needs && !(f & b->lacks);
                if (both && a->reg == b->reg && a->is64 == b->is64) {
                    g_error("%s: %s and %s", arm_model(m)->name, a->name, b->name);
                }
            }
        }
    }
}

static void identities(void)
{
    static const struct {
        const char *model;
        uint32_t    reg, value;
    } ids[] = {
        { "arm920t",    MIDR, 0x41129200 },
        { "arm926",     MIDR, 0x41069265 },
        { "arm926",     ARM_CPREG(15, 0, 0, 0, 4), 0x41069265 },        /* unallocated: MIDR */
        { "arm1136",    ARM_CPREG(15, 0, 0, 1, 4), 0x01130003 },
        { "arm1176",    MIDR, 0x410fb767 },
        { "cortex-a8",  ARM_CPREG(15, 1, 0, 0, 1), 0x0a000023 },        /* CLIDR */
        { "cortex-a9",  ARM_CPREG(15, 0, 0, 0, 5), 0x80000000 },        /* MPIDR */
        { "cortex-a15", ARM_CPREG(15, 0, 0, 1, 4), 0x10201105 },        /* ID_MMFR0: LPAE */
        { "cortex-a15", ARM_CPREG(15, 0, 0, 2, 0), 0x02101110 },        /* ID_ISAR0: divide */
        { "cortex-a15", CNTFRQ, 62500000 },
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(ids); i++) {
        rig_new(ids[i].model);
        g_assert_cmphex(rig_mrc(ids[i].reg), ==, ids[i].value);
        g_assert_false(rig.left);
    }
    rig_new("cortex-a15");
    rig_mcr(ARM_CPREG(15, 2, 0, 0, 0), 1);                              /* CSSELR: L1 I */
    g_assert_cmphex(rig_mrc(ARM_CPREG(15, 1, 0, 0, 0)), ==, 0x201fe00a);
    g_assert_cmpstr(arm_model_find("ARM926EJ-S")->name, ==, "arm926");
    g_assert_null(arm_model_find("z80"));
}

static void unknown(void)
{
    rig_new("cortex-a15");
    rig.s->cpu.pc = 0x8000;
    rig_mrc(ARM_CPREG(15, 7, 3, 2, 1));
    g_assert_true(rig.left);
    g_assert_cmphex(rig.s->r[14], ==, 0x8004);
    rig_new("cortex-a15");
    g_assert_cmphex(rig_mrc(ARM_CPREG(15, 3, 15, 5, 1)), ==, 0);        /* IMPLEMENTATION DEFINED */
    g_assert_false(rig.left);
    user_mode();
    rig_mrc(ARM_CPREG(15, 3, 15, 5, 1));
    g_assert_true(rig.left);
}

static void plans(void)
{
    rig_new("cortex-a9");
    const uint64_t priv = KEY_PRIV;
    g_assert_cmpint(arm_cp_plan(rig.s, TPIDRURO, false, false, 0).kind, ==, ARM_CP_SLOT);
    g_assert_cmpint(arm_cp_plan(rig.s, TPIDRURO, false, false, 0).slot, ==, SLOT_TPIDRURO);
    g_assert_cmpint(arm_cp_plan(rig.s, TPIDRURO, false, true, 0).kind, ==, ARM_CP_UNDEF);
    g_assert_cmpint(arm_cp_plan(rig.s, TPIDRURW, false, true, 0).kind, ==, ARM_CP_SLOT);
    g_assert_cmpint(arm_cp_plan(rig.s, TPIDRPRW, false, false, 0).kind, ==, ARM_CP_UNDEF);
    g_assert_cmpint(arm_cp_plan(rig.s, TPIDRPRW, false, false, priv).kind, ==, ARM_CP_SLOT);
    g_assert_cmpint(arm_cp_plan(rig.s, SCTLR, false, true, priv).kind, ==, ARM_CP_CALL);
    g_assert_cmphex(arm_cp_plan(rig.s, MIDR, false, false, priv).value, ==, 0x414fc091);
    g_assert_cmpint(arm_cp_plan(rig.s, ARM_CPREG(15, 0, 7, 10, 5), false, true, 0).kind, ==,
                    ARM_CP_NOP);                                        /* CP15DMB */
    g_assert_cmpint(arm_cp_plan(rig.s, ARM_CPREG(15, 0, 7, 14, 1), false, true, priv).kind, ==,
                    ARM_CP_NOP);                                        /* DCCIMVAC */
    g_assert_cmpint(arm_cp_plan(rig.s, ARM_CPREG(15, 0, 7, 14, 1), false, true, 0).kind, ==,
                    ARM_CP_UNDEF);
    rig_new("arm926");
    g_assert_cmpint(arm_cp_plan(rig.s, TPIDRURO, false, false, 0).kind, ==, ARM_CP_CALL);
    rig_mrc(TPIDRURO);
    g_assert_true(rig.left);                                            /* Undefined */
    rig_new("arm926");
    g_assert_cmphex(rig_mrc(ARM_CPREG(15, 0, 7, 10, 3)), ==, CPSR_Z);   /* test and clean */
}

/* Exactly the writes that change translations flush. */
static void flushes(void)
{
    rig_new("cortex-a9");
    rig_mcr(SCTLR, rig.s->cp15.sctlr);
    g_assert_cmpuint(rig.flushes, ==, 0);
    rig_mcr(SCTLR, rig.s->cp15.sctlr | 1 << 12 | SCTLR_V);              /* I, V */
    g_assert_cmpuint(rig.flushes, ==, 0);
    rig_mcr(SCTLR, rig.s->cp15.sctlr | SCTLR_M);
    g_assert_cmpuint(rig.flushes, ==, 1);
    rig_mcr(SCTLR, rig.s->cp15.sctlr | SCTLR_AFE);
    g_assert_cmpuint(rig.flushes, ==, 2);
    rig_mcr(TTBR0, 0x4000);
    rig_mcr(TTBR1, 0x8000);
    rig_mcr(CONTEXT, 0x1234);
    g_assert_cmpuint(rig.flushes, ==, 2);
    g_assert_cmphex(rig.asid & 0xff, ==, 0x34);
    rig_mcr(TTBCR, 1);
    g_assert_cmpuint(rig.flushes, ==, 3);
    rig_mcr(TTBCR, 1 | 1 << 4);                                         /* PD0: walks only */
    g_assert_cmpuint(rig.flushes, ==, 3);
    rig_mcr(ARM_CPREG(15, 0, 8, 7, 0), 0);
    g_assert_cmpuint(rig.flushes, ==, 4);
    rig_mcr(ARM_CPREG(15, 0, 8, 7, 1), 0x12345034);
    g_assert_cmpuint(rig.page_flushes, ==, 1);
    g_assert_cmpuint(rig.shared_flushes, ==, 0);
    g_assert_cmphex(rig.flushed_page, ==, 0x12345000);
    rig_mcr(ARM_CPREG(15, 0, 8, 3, 2), 0x34);
    g_assert_cmpuint(rig.asid_flushes, ==, 1);
    g_assert_cmpuint(rig.shared_flushes, ==, 1);                        /* Inner Shareable */
    g_assert_cmpuint(rig.flushes, ==, 4);
    rig_mcr(SCTLR, rig.s->cp15.sctlr | SCTLR_A);                        /* another mode key */
    g_assert_cmpuint(rig.mode_changes, >, 0);
    g_assert_cmpuint(rig.flushes, ==, 4);
}

/* Going back and forth between two values flushes nothing once both are known. */
static void domains(void)
{
    rig_new("arm926");
    rig_mcr(DACR, 0xffffffff);                                          /* the boot loader's */
    rig_mcr(DACR, 0x51);
    rig_mcr(SCTLR, rig.s->cp15.sctlr | SCTLR_M);
    rig_mcr(DACR, 0x55);
    g_assert_cmphex(rig.s->dacr_varying, ==, 0x04);
    unsigned known = rig.flushes, open = rig.asid;
    rig_mcr(DACR, 0x51);
    g_assert_cmpuint(rig.asid, !=, open);
    rig_mcr(DACR, 0x55);
    g_assert_cmpuint(rig.asid, ==, open);
    g_assert_cmpuint(rig.flushes, ==, known);
    for (uint32_t v = 0; v < 40; v++) {                                 /* more than are numbered */
        rig_mcr(DACR, 0x1000 + v);
        g_assert_cmphex(rig_mrc(DACR), ==, 0x1000 + v);
        g_assert_cmphex(rig.s->dacrs[rig.s->dacr_index], ==, 0x1000 + v);
    }
    g_assert_cmpuint(rig.flushes, >, known);
}

static void long_ttbr(void)
{
    rig_new("cortex-a15");
    rig_mcr(TTBCR, 1u << 31);
    CALL(mcrr, ARM_CPREG(15, 0, 0, 2, 0), 0x0056000012345000, 0);
    g_assert_cmphex(rig.asid, ==, 0x56);
    g_assert_cmphex(CALL(mrrc, ARM_CPREG(15, 0, 0, 2, 0), 0), ==, 0x0056000012345000);
    CALL(mcrr, ARM_CPREG(15, 1, 0, 2, 0), 0x0077000000008000, 0);
    g_assert_cmphex(rig.asid, ==, 0x56);
    rig.flushes = 0;
    rig_mcr(TTBCR, 1u << 31 | 1 << 22);                                 /* A1 */
    g_assert_cmphex(rig.asid, ==, 0x77);
    g_assert_cmpuint(rig.flushes, ==, 0);
    rig_mcr(TTBR0, 0x9000);                                             /* low word only */
    g_assert_cmphex(rig.s->cp15.ttbr[0], ==, 0x0056000000009000);
}

static void address_translation(void)
{
    rig_new("cortex-a9");
    rig_mcr(TTBR0, 0x4000);
    rig_mcr(DACR, 1);
    rig_mcr(SCTLR, rig.s->cp15.sctlr | SCTLR_M);
    rig_poke32(0x4000 + 4 * 0x123, 0x11100402);                         /* privileged only */
    rig_mcr(ARM_CPREG(15, 0, 7, 8, 1), 0x12345678);                     /* ATS1CPW */
    g_assert_cmphex(rig_mrc(ARM_CPREG(15, 0, 7, 4, 0)), ==, 0x11145000);
    rig_mcr(ARM_CPREG(15, 0, 7, 8, 2), 0x12345678);                     /* ATS1CUR */
    g_assert_cmphex(rig_mrc(ARM_CPREG(15, 0, 7, 4, 0)), ==, 0x1b);      /* F, permission: 0xd */
}

static void cycle_counter(void)
{
    const uint32_t pmcr = ARM_CPREG(15, 0, 9, 12, 0), pmccntr = ARM_CPREG(15, 0, 9, 13, 0);
    rig_new("cortex-a9");
    clock_start();
    clock_step(1000);
    g_assert_cmpuint(rig_mrc(pmccntr), ==, 0);                          /* stopped */
    rig_mcr(ARM_CPREG(15, 0, 9, 12, 1), 1u << 31);
    rig_mcr(pmcr, 1 | 4);
    clock_step(500);
    g_assert_cmpuint(rig_mrc(pmccntr), ==, 500);
    rig_mcr(ARM_CPREG(15, 0, 9, 12, 2), 1u << 31);
    clock_step(500);
    g_assert_cmpuint(rig_mrc(pmccntr), ==, 500);
    rig_mcr(pmccntr, 7);
    g_assert_cmpuint(rig_mrc(pmccntr), ==, 7);
    user_mode();
    rig_mrc(pmccntr);
    g_assert_true(rig.left);
    arm_set_cpsr(rig.s, MODE_SVC, CPSR_M);
    rig_mcr(ARM_CPREG(15, 0, 9, 14, 0), 1);                             /* PMUSERENR */
    user_mode();
    g_assert_cmpuint(rig_mrc(pmccntr), ==, 7);
    g_assert_false(rig.left);
}

static int virt_level;

static void virt_line(void *opaque, int n, int level)
{
    virt_level = level;
}

static void generic_timer(void)
{
    rig_new("cortex-a15");
    clock_start();
    irq_connect(&rig.s->cpu.output[ARM_OUT_VIRT_TIMER], (IrqSink){ virt_line });
    rig_mcr(CNTV_TVAL, 1000);                                           /* 16 us */
    rig_mcr(CNTV_CTL, 1);
    clock_step(15999);
    g_assert_cmpint(virt_level, ==, 0);
    g_assert_cmphex(rig_mrc(CNTV_CTL), ==, 1);
    clock_step(1);
    g_assert_cmpint(virt_level, ==, 1);
    g_assert_cmphex(rig_mrc(CNTV_CTL), ==, 5);
    g_assert_cmphex(CALL(mrrc, CNTVCT, 0), ==, 1000);
    g_assert_cmphex(CALL(mrrc, CNTV_CVAL, 0), ==, 1000);
    clock_step(160);
    g_assert_cmphex(rig_mrc(CNTV_TVAL), ==, (uint32_t)-10);
    rig_mcr(CNTV_CTL, 3);                                               /* masked */
    g_assert_cmpint(virt_level, ==, 0);
    rig_mcr(CNTV_CTL, 1);
    g_assert_cmpint(virt_level, ==, 1);
    CALL(mcrr, CNTV_CVAL, UINT64_MAX, 0);                               /* very far away */
    g_assert_cmpint(virt_level, ==, 0);
    user_mode();
    CALL(mrrc, CNTVCT, 0);
    g_assert_true(rig.left);
    arm_set_cpsr(rig.s, MODE_SVC, CPSR_M);
    rig_mcr(CNTKCTL, 2);                                                /* PL0VCTEN */
    user_mode();
    g_assert_cmphex(CALL(mrrc, CNTVCT, 0), ==, 1010);
    g_assert_false(rig.left);
    arm_set_cpsr(rig.s, MODE_SVC, CPSR_M);
    irq_disconnect(&rig.s->cpu.output[ARM_OUT_VIRT_TIMER]);
    arm_timer_reset(rig.s);
}

static void wait_for_interrupt(void)
{
    rig_new("arm926");
    rig.s->cpu.pc = 0x8000;
    rig_mcr(ARM_CPREG(15, 0, 7, 0, 4), 0);
    g_assert_true(rig.left && rig.s->cpu.halted);
    g_assert_cmphex(rig.s->cpu.pc, ==, 0x8004);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/arm/cp15/rights", rights);
    g_test_add_func("/arm/cp15/unique", unique);
    g_test_add_func("/arm/cp15/identities", identities);
    g_test_add_func("/arm/cp15/unknown", unknown);
    g_test_add_func("/arm/cp15/plans", plans);
    g_test_add_func("/arm/cp15/flushes", flushes);
    g_test_add_func("/arm/cp15/domains", domains);
    g_test_add_func("/arm/cp15/long-ttbr", long_ttbr);
    g_test_add_func("/arm/cp15/address-translation", address_translation);
    g_test_add_func("/arm/cp15/cycle-counter", cycle_counter);
    g_test_add_func("/arm/cp15/generic-timer", generic_timer);
    g_test_add_func("/arm/cp15/wait-for-interrupt", wait_for_interrupt);
    return g_test_run();
}
