/* SPDX-License-Identifier: MIT */
/*
 * The local APICs' state and what their files tell one another.  See apic.c.
 *
 * All APICs of a machine are one device; [n] is always the CPU.  Vectors are bits of four words.
 */
#pragma once
#include "hw/intc/apic.h"

enum { MAX_APICS = 64, VECTOR_WORDS = 4, MAX_LISTENERS = 8 };

enum { LVT_TIMER, LVT_THERMAL, LVT_PERF, LVT_LINT0, LVT_LINT1, LVT_ERROR, N_LVT };
enum {
    LVT_VECTOR = 0xff, LVT_REMOTE_IRR = 1 << 14, LVT_LEVEL = 1 << 15, LVT_MASKED = 1 << 16,
    LVT_PERIODIC = 1 << 17, LVT_DEADLINE = 1 << 18, LVT_TIMER_MODE = 3 << 17,
};
enum {
    MODE_FIXED, MODE_LOWEST, MODE_SMI, MODE_RESERVED, MODE_NMI, MODE_INIT, MODE_STARTUP, MODE_EXTINT,
};
enum { BASE_BSP = 1 << 8, BASE_X2APIC = 1 << 10, BASE_ENABLED = 1 << 11 };
enum { SVR_ENABLED = 1 << 8, DFR_CLUSTER_MASK = 0xf0000000u };
enum { ESR_SEND_ILLEGAL = 1 << 5, ESR_RECEIVE_ILLEGAL = 1 << 6, ESR_REGISTER = 1 << 7 };

typedef struct Apic Apic;

typedef struct ApicCpu {
    Apic    *apic;
    unsigned n;
} ApicCpu;

typedef struct ApicListener {
    void (*fn)(void *opaque, uint8_t vector);
    void  *opaque;
} ApicListener;

struct Apic {
    Device   dev;
    IrqLine  intr[MAX_APICS], nmi[MAX_APICS], smi[MAX_APICS], init[MAX_APICS], sipi[MAX_APICS];
    Device  *pic;
    uint32_t n_cpus;
    ApicCpu  cpu[MAX_APICS];
    ApicListener listeners[MAX_LISTENERS];
    unsigned n_listeners;
    bool     absent;                            /* the CPU model has none: LINT0 is INTR */
    MemoryRegion moved;                         /* the registers when they are elsewhere */

    uint64_t base[MAX_APICS];                   /* IA32_APIC_BASE */
    uint64_t irr[MAX_APICS][VECTOR_WORDS], isr[MAX_APICS][VECTOR_WORDS];
    uint64_t tmr[MAX_APICS][VECTOR_WORDS];      /* triggered by level */
    uint32_t lvt[MAX_APICS][N_LVT];
    uint32_t ldr[MAX_APICS], dfr[MAX_APICS], svr[MAX_APICS];
    uint32_t esr[MAX_APICS], errors[MAX_APICS]; /* shown; since ESR was written */
    uint32_t icr_low[MAX_APICS], icr_high[MAX_APICS];
    uint8_t  tpr[MAX_APICS];
    bool     wait_sipi[MAX_APICS];
    bool     extint[MAX_APICS];                 /* a message asks for an interrupt of the 8259 */
    uint8_t  lint[2];                           /* the levels of LINT0 and LINT1 */
    uint32_t last_lowest;                       /* who took the last lowest priority interrupt */
    /* timers */
    Timer    timer[MAX_APICS];
    uint32_t initial[MAX_APICS], divide[MAX_APICS];
    int64_t  started[MAX_APICS];                /* when the initial count was written */
    int64_t  deadline[MAX_APICS];               /* of TSC-deadline mode, in virtual ns; 0: none */
};
#define APIC(d) DEVICE_AS(Apic, d)

static inline bool apic_enabled(const Apic *s, unsigned n)
{
    return !s->absent && s->base[n] & BASE_ENABLED;
}

static inline bool apic_is_x2(const Apic *s, unsigned n)
{
    return apic_enabled(s, n) && s->base[n] & BASE_X2APIC;
}

/* --- apic_accept.c: interrupts into one CPU --------------------------------------------------- */

uint8_t apic_ppr(const Apic *s, unsigned n);
/* INTR again, after anything that it depends on has changed. */
void apic_update(Apic *s, unsigned n);
/* A fixed interrupt. */
void apic_accept(Apic *s, unsigned n, uint8_t vector, bool level);
/* An interrupt or event of any delivery mode. */
void apic_event(Apic *s, unsigned n, unsigned mode, uint8_t vector, bool level);
/* A local source, by its LVT entry. */
void apic_local(Apic *s, unsigned n, unsigned lvt);
void apic_error(Apic *s, unsigned n, uint32_t error);
void apic_eoi(Apic *s, unsigned n);
int  apic_acknowledge(Apic *s, unsigned n);
void apic_set_lint(Apic *s, unsigned pin, bool level);
/* An LVT entry of a pin has changed: a level may count now. */
void apic_lint_changed(Apic *s, unsigned n, unsigned pin);
/* SDM 3A, 11.4.7.1: as after power-up, but for its place (IA32_APIC_BASE). */
void apic_reset_one(Apic *s, unsigned n);

/* --- apic_send.c: interrupts to others -------------------------------------------------------- */

void apic_send(Apic *s, unsigned n, uint32_t low, uint32_t destination);
uint32_t apic_x2_ldr(unsigned n);

/* --- apic_timer.c ----------------------------------------------------------------------------- */

void apic_timer_init(Apic *s, unsigned n);
/* The registers it depends on have changed. */
void apic_timer_arm(Apic *s, unsigned n);
void apic_timer_set_initial(Apic *s, unsigned n, uint32_t count);
void apic_timer_set_divide(Apic *s, unsigned n, uint32_t v);
void apic_timer_set_deadline(Apic *s, unsigned n, int64_t ns);
uint32_t apic_timer_current(const Apic *s, unsigned n);
