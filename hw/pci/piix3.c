/* SPDX-License-Identifier: MIT */
/*
 * The PCI to ISA bridge of the PC: function 0 of the Intel 82371SB (PIIX3).
 * Implements: Intel 290550-002, 2.2 (configuration registers): PIRQRC[A:D] route the four PCI
 * interrupts to ISA interrupts.
 * Choices: the other registers (recovery times, chip selects, APIC base, SMI timers) are stored
 * only: what they switch is always there.  Its reset control register is the host bridge's.
 * Not here: function 1 (IDE) and 2 (USB), which are devices of their own; MBIRQ; SMI sources.
 */
#include "hw/pci/pci.h"

enum { PIRQRC = 0x60, PIRQ_OFF = 0x80, N_PIRQS = 4, N_IRQS = 16 };
/* 0, 1, 2, 8 and 13 are the board's own (2.2.9). */
enum { ROUTABLE = 0xdef8 };

typedef struct Piix3 {
    Device      dev;
    IrqLine     irq[N_IRQS];
    PciFunction pci;
    uint8_t     pirq;                   /* levels of PIRQ[A:D] */
} Piix3;

#define PIIX3(d) DEVICE_AS(Piix3, d)

static void update_irqs(Piix3 *s)
{
    unsigned high = 0;
    for (unsigned i = 0; i < N_PIRQS; i++) {
        uint8_t route = s->pci.config[PIRQRC + i];
        if ((s->pirq & BIT32(i)) && !(route & PIRQ_OFF)) {
            high |= BIT32(route & 15);
        }
    }
    for (unsigned n = 0; n < N_IRQS; n++) {
        irq_set(&s->irq[n], high & ROUTABLE & BIT32(n));
    }
}

static void set_pirq(Device *dev, int n, int level)
{
    Piix3 *s = PIIX3(dev);
    s->pirq = level ? s->pirq | 1 << n : s->pirq & ~(1 << n);
    update_irqs(s);
}

static void config_written(PciFunction *p, unsigned reg, unsigned size)
{
    if (reg < PIRQRC + N_PIRQS && reg + size > PIRQRC) {
        update_irqs(PIIX3(p->dev));
    }
}

static void set_config(Piix3 *s)
{
    static const struct { uint8_t reg, writable, reset; } rows[] = {
        { 0x4c, 0xff, 0x4d }, { 0x4e, 0xff, 0x03 }, { 0x4f, 0x01, 0x00 },
        { 0x60, 0x8f, 0x80 }, { 0x61, 0x8f, 0x80 }, { 0x62, 0x8f, 0x80 }, { 0x63, 0x8f, 0x80 },
        { 0x69, 0xfe, 0x02 }, { 0x6a, 0xff, 0x00 }, { 0x70, 0xcf, 0x80 },
        { 0x76, 0x8f, 0x0c }, { 0x77, 0x8f, 0x0c }, { 0x78, 0xff, 0x02 }, { 0x79, 0xff, 0x00 },
        { 0x80, 0x7f, 0x00 }, { 0x82, 0x0f, 0x00 }, { 0xa0, 0x1f, 0x08 }, { 0xa2, 0xff, 0x00 },
        { 0xa4, 0xff, 0x00 }, { 0xa5, 0xff, 0x00 }, { 0xa6, 0xff, 0x00 }, { 0xa7, 0xff, 0x00 },
        { 0xa8, 0xff, 0x0f }, { 0xac, 0xff, 0x00 }, { 0xae, 0xff, 0x00 },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        s->pci.config[rows[i].reg] = rows[i].reset;
        s->pci.writable[rows[i].reg] = rows[i].writable;
    }
    st_le16(s->pci.config + PCI_COMMAND, 0x0007);
    st_le16(s->pci.writable + PCI_COMMAND, 0x0008);
    st_le16(s->pci.config + PCI_STATUS, 0x0200);
}

static bool piix3_realize(Device *dev, GError **err)
{
    Piix3 *s = PIIX3(dev);
    s->pci.config_written = config_written;
    pci_init(&s->pci, dev, &(PciId){ 0x8086, 0x7000, 0x060100, .multifunction = true,
                                     .subsystem_vendor = 0x1af4, .subsystem = 0x1100 });
    set_config(s);
    return pci_attach(&s->pci, err);
}

static void piix3_unrealize(Device *dev)
{
    pci_detach(&PIIX3(dev)->pci);
}

static void piix3_reset(Device *dev)
{
    Piix3 *s = PIIX3(dev);
    pci_reset(&s->pci);
    set_config(s);
    update_irqs(s);
}

static bool piix3_loaded(Device *dev, GError **err)
{
    Piix3 *s = PIIX3(dev);
    pci_loaded(&s->pci);
    update_irqs(s);
    return true;
}

const DeviceClass piix3 = {
    .name      = "piix3", .about = "Intel PIIX3 PCI-ISA bridge", .bus = "pci",
    .size      = sizeof(Piix3),
    .irqs      = IRQS(Piix3, irq),
    .inputs    = INPUTS(INPUT("pirq", set_pirq, N_PIRQS)),
    .props     = PROPS(PCI_PROPS(Piix3, pci)),
    .state     = STATE(PCI_STATE(Piix3, pci), STATE_U8(Piix3, pirq)),
    .realize   = piix3_realize,
    .reset     = piix3_reset,
    .unrealize = piix3_unrealize,
    .loaded    = piix3_loaded,
};
