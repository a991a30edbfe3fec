/* SPDX-License-Identifier: MIT */
/*
 * Intel 82540EM, a gigabit Ethernet controller on PCI.
 * Implements: PCI/PCI-X Family of Gigabit Ethernet Controllers Software Developer's Manual (317453),
 * chapters 3 (descriptors), 5 (EEPROM), 13 (registers); Marvell 88E1011 for the PHY's registers.
 *
 * Receiving is in e1000_rx.c, sending in e1000_tx.c.
 *
 * Choices: the link is gigabit, full duplex, and there as soon as it is asked for, if a cable is in.
 * Interrupts are held off by ITR only; the delay timers (RDTR, RADV, TIDV, TADV) are stored.  Frames
 * carry a checksum of zeros, where the driver wants to see one.
 * Not here: wake-up, manageability, flow control, the packet buffer's memory, the 82542's aliases of
 * registers, MSI.
 */
#include "hw/net/e1000.h"

enum { BAR0_SIZE = 0x20000, IO_SIZE = 0x40, ITR_UNIT = 256 };
enum { STATUS_FD = 0x01, STATUS_LU = 0x02, STATUS_1000 = 0x80, STATUS_ASDV = 0x200 };
enum { EE_SK = 0x01, EE_CS = 0x02, EE_DI = 0x04, EE_DO = 0x08, EE_REQ = 0x40, EE_GNT = 0x80,
       EE_PRESENT = 0x100 };
enum { EE_CHECKSUM = 0x3f, EE_SUM = 0xbaba };
enum { MDIC_WRITE = 1, MDIC_READ = 2, MDIC_READY = 1 << 28, MDIC_INTERRUPT = 1 << 29,
       MDIC_ERROR = 1 << 30, PHY_ADDRESS = 1 };
enum { PHY_CONTROL, PHY_STATUS, PHY_SPECIFIC_STATUS = 17 };
enum { PHY_RESET = 0x8000, PHY_RESTART = 0x0200 };

#define DEV E1000

/* --- Interrupts ------------------------------------------------------------------------------- */

/* After an interrupt the next one waits for the interval of ITR. */
static void update_irq(E1000 *s)
{
    bool wanted = s->icr & s->ims;
    if (wanted && !s->pci.intx) {
        if (timer_pending(&s->throttle)) {
            return;
        }
        if (s->itr) {
            timer_set(&s->throttle, clock_now(CLOCK_VIRTUAL) + (int64_t)(s->itr & 0xffff) * ITR_UNIT);
        }
    }
    pci_set_intx(&s->pci, wanted);
}

static void throttle_over(void *opaque)
{
    update_irq(opaque);
}

void e1000_cause(E1000 *s, uint32_t causes)
{
    s->icr |= causes;
    update_irq(s);
}

static uint32_t icr_read(Device *dev)
{
    E1000 *s = E1000(dev);
    uint32_t v = s->icr;
    s->icr = 0;
    update_irq(s);
    return v;
}

static void icr_write(Device *dev, uint32_t value)
{
    E1000(dev)->icr &= ~value;
    update_irq(E1000(dev));
}

static void ics_write(Device *dev, uint32_t value)
{
    e1000_cause(E1000(dev), value & 0x1ffff);
}

static void ims_write(Device *dev, uint32_t value)
{
    E1000(dev)->ims |= value & 0x1ffff;
    update_irq(E1000(dev));
}

static uint32_t ims_read(Device *dev)
{
    return E1000(dev)->ims;
}

static void imc_write(Device *dev, uint32_t value)
{
    E1000(dev)->ims &= ~value;
    update_irq(E1000(dev));
}

/* --- Counters and sums ------------------------------------------------------------------------ */

void e1000_count(E1000 *s, unsigned stat, uint32_t n)
{
    uint32_t *v = &s->stats[stat];
    *v = *v > UINT32_MAX - n ? UINT32_MAX : *v + n;
}

void e1000_count_bytes(E1000 *s, unsigned stat, uint32_t n)
{
    uint64_t v = s->stats[stat] | (uint64_t)s->stats[stat + 1] << 32;
    v = v > UINT64_MAX - n ? UINT64_MAX : v + n;
    s->stats[stat] = v;
    s->stats[stat + 1] = v >> 32;
}

void e1000_count_size(E1000 *s, unsigned first, unsigned len)
{
    static const uint16_t limits[] = { 64, 127, 255, 511, 1023 };
    unsigned i = 0;
    while (i < ARRAY_SIZE(limits) && len > limits[i]) {
        i++;
    }
    e1000_count(s, first + i, 1);
}

/* Reading clears; one of 64 bits when its upper half is read. */
static uint32_t stat_read(Device *dev, unsigned i)
{
    static const uint8_t wide[] = { STAT_GORC, STAT_GOTC, STAT_TOR, STAT_TOT };
    E1000 *s = E1000(dev);
    uint32_t v = s->stats[i];
    for (unsigned k = 0; k < ARRAY_SIZE(wide); k++) {
        if (i == wide[k]) {
            return v;
        }
        if (i == wide[k] + 1u) {
            s->stats[i - 1] = 0;
        }
    }
    s->stats[i] = 0;
    return v;
}

uint32_t e1000_sum(uint32_t sum, const uint8_t *p, unsigned n)
{
    uint64_t total = sum;
    for (; n >= 2; n -= 2, p += 2) {
        total += ld_be16(p);
    }
    total += n ? *p << 8 : 0;
    while (total >> 16) {
        total = (total & 0xffff) + (total >> 16);
    }
    return total;
}

/* --- Link and PHY ----------------------------------------------------------------------------- */

static bool link_up(const E1000 *s)
{
    return (s->ctrl & CTRL_SLU) && net_link_up(s->port);
}

static uint32_t status_read(Device *dev)
{
    E1000 *s = E1000(dev);
    return STATUS_FD | STATUS_1000 | STATUS_ASDV | (link_up(s) ? STATUS_LU : 0);
}

static const uint16_t phy_reset_values[32] = {
    [0] = 0x1140, [1] = 0x7949, [2] = 0x0141, [3] = 0x0c20, [4] = 0x0de1, [6] = 0x0004, [9] = 0x0e00,
    [15] = 0x3000, [16] = 0x0068, [20] = 0x0d60,
};

static const uint16_t phy_writable[32] = {
    [0] = 0x7d40, [4] = 0xafff, [7] = 0xffff, [9] = 0xff00, [16] = 0xffff, [18] = 0xffff,
    [20] = 0xffff, [24] = 0xffff, [25] = 0xffff, [29] = 0xffff, [30] = 0xffff,
};

static void reset_phy(E1000 *s)
{
    memcpy(s->phy, phy_reset_values, sizeof(s->phy));
}

/* What follows from the cable: the partner can do all that there is. */
static uint16_t phy_read(const E1000 *s, unsigned reg)
{
    if (!net_link_up(s->port)) {
        return s->phy[reg];
    }
    switch (reg) {
    case PHY_STATUS:
        return s->phy[reg] | 0x0024;    /* negotiated, link */
    case 5:
        return 0xcde1;
    case 6:
        return 0x0007;
    case 10:
        return 0x7c00;
    case PHY_SPECIFIC_STATUS:
        return 0xac08;                  /* 1000 Mb/s, full duplex, resolved, link */
    default:
        return s->phy[reg];
    }
}

static void phy_write(E1000 *s, unsigned reg, uint16_t value)
{
    if (reg == PHY_CONTROL && (value & PHY_RESET)) {
        reset_phy(s);
        return;
    }
    s->phy[reg] = (s->phy[reg] & ~phy_writable[reg]) | (value & phy_writable[reg]);
    if (reg == PHY_CONTROL && (value & PHY_RESTART)) {
        e1000_cause(s, ICR_LSC);
    }
}

static void mdic_write(Device *dev, uint32_t value)
{
    E1000 *s = E1000(dev);
    unsigned op = value >> 26 & 3, reg = value >> 16 & 31, address = value >> 21 & 31;
    s->mdic = (value & 0x27ffffff) | MDIC_READY;
    if (address != PHY_ADDRESS || (op != MDIC_READ && op != MDIC_WRITE)) {
        s->mdic |= MDIC_ERROR;
    } else if (op == MDIC_READ) {
        s->mdic = (s->mdic & ~0xffffu) | phy_read(s, reg);
    } else {
        phy_write(s, reg, value);
    }
    if (value & MDIC_INTERRUPT) {
        e1000_cause(s, ICR_MDAC);
    }
}

/* --- EEPROM ----------------------------------------------------------------------------------- */

static void fill_eeprom(E1000 *s, const uint8_t mac[6])
{
    static const uint16_t words[] = {
        [0x03] = 0x0000, [0x04] = 0xffff, [0x05] = 0xffff, [0x08] = 0xffff, [0x09] = 0xffff,
        [0x0a] = 0x4408, [0x0b] = 0x001e, [0x0c] = 0x8086, [0x0d] = 0x100e, [0x0e] = 0x8086,
        [0x0f] = 0x3040,
    };
    uint16_t sum = 0;
    memset(s->eeprom, 0xff, sizeof(s->eeprom));
    memcpy(s->eeprom, words, sizeof(words));
    for (unsigned i = 0; i < 3; i++) {
        s->eeprom[i] = ld_le16(mac + 2 * i);
    }
    for (unsigned i = 0; i < EE_CHECKSUM; i++) {
        sum += s->eeprom[i];
    }
    s->eeprom[EE_CHECKSUM] = EE_SUM - sum;
}

static void eerd_write(Device *dev, uint32_t value)
{
    E1000 *s = E1000(dev);
    unsigned at = value >> 8 & 0xff;
    s->eerd = value & 0xff00;
    if (value & 1) {
        uint32_t word = at < E1000_WORDS ? s->eeprom[at] : 0xffff;
        s->eerd |= word << 16 | 0x10;   /* done */
    }
}

/* A whole command has come: start bit, two bits of it, six of address. */
static void eeprom_command(E1000 *s)
{
    unsigned op = s->ee_in >> 6 & 3, at = s->ee_in & 0x3f;
    if (op == 2) {
        s->ee_out = s->eeprom[at];
        s->ee_out_bits = 16;
    } else if (op == 0) {
        s->ee_writable = at >> 4 == 3 ? true : at >> 4 == 0 ? false : s->ee_writable;
    } else if (op == 3 && s->ee_writable) {
        s->eeprom[at] = 0xffff;
    }
}

/* One rising edge of the clock. */
static void eeprom_clock(E1000 *s, bool in)
{
    enum { COMMAND = 9, WRITE = COMMAND + 16 };
    if (s->ee_out_bits) {
        s->eecd = s->ee_out >> --s->ee_out_bits & 1 ? s->eecd | EE_DO : s->eecd & ~EE_DO;
        if (!s->ee_out_bits) {          /* the next word follows */
            s->ee_in++;
            s->ee_out = s->eeprom[s->ee_in & 0x3f];
            s->ee_out_bits = 16;
        }
        return;
    }
    if (s->ee_bits >= WRITE || (!s->ee_bits && !in)) {
        return;                         /* before the start bit, or after all */
    }
    s->ee_in = s->ee_in << 1 | in;
    s->ee_bits++;
    if (s->ee_bits == COMMAND) {
        eeprom_command(s);
    } else if (s->ee_bits == WRITE && (s->ee_in >> 22 & 3) == 1 && s->ee_writable) {
        s->eeprom[s->ee_in >> 16 & 0x3f] = s->ee_in;
    }
}

static void eecd_write(Device *dev, uint32_t value)
{
    E1000 *s = E1000(dev);
    uint32_t old = s->eecd;
    s->eecd = (s->eecd & EE_DO) | (value & (EE_SK | EE_CS | EE_DI | EE_REQ | 0x30)) | EE_PRESENT;
    s->eecd |= value & EE_REQ ? EE_GNT : 0;
    if (!(value & EE_CS)) {
        s->ee_in = s->ee_bits = s->ee_out_bits = 0;
        s->eecd |= EE_DO;               /* ready */
    } else if (value & ~old & EE_SK) {
        eeprom_clock(s, value & EE_DI);
    }
}

/* --- Other registers -------------------------------------------------------------------------- */

static void load_address(E1000 *s)
{
    s->ra[0] = s->eeprom[0] | (uint32_t)s->eeprom[1] << 16;
    s->ra[1] = s->eeprom[2] | BIT32(31);
}

/* The MAC's registers; PHY, EEPROM and the PCI side stay. */
static void reset_mac(E1000 *s)
{
    pci_set_intx(&s->pci, false);
    device_reset_state(&s->dev);
    load_address(s);
}

static void ctrl_write(Device *dev, uint32_t value)
{
    E1000 *s = E1000(dev);
    bool was_up = link_up(s);
    if (value & CTRL_RST) {
        reset_mac(s);
        return;
    }
    s->ctrl = value & ~BIT32(31);
    if (value & BIT32(31)) {            /* PHY_RST */
        reset_phy(s);
    }
    if (link_up(s) != was_up || (value & BIT32(31))) {
        e1000_cause(s, ICR_LSC);
    }
}

static void receive_changed(Device *dev)
{
    net_receive_more(E1000(dev)->port);
}

static void transmit_changed(Device *dev)
{
    e1000_transmit(E1000(dev));
}

static void more(void *opaque)
{
    e1000_transmit(opaque);
}

#define PLAIN(n) .field = offsetof(E1000, plain) + 4 * (n), .field_size = 4, .writable = ~0u

static const RegDef e1000_regs[] = {
    { 0x0000, "CTRL",    AT(ctrl), .write = ctrl_write, .reset = 0x00000201 },
    { 0x0008, "STATUS",  .read = status_read },
    { 0x0010, "EECD",    AT(eecd), .write = eecd_write, .reset = EE_PRESENT | EE_DO },
    { 0x0014, "EERD",    AT(eerd), .write = eerd_write },
    { 0x0018, "CTRL_EXT", AT(ctrl_ext), .writable = 0x0001ffff },
    { 0x001c, "FLA",     PLAIN(0) },
    { 0x0020, "MDIC",    AT(mdic), .write = mdic_write, .reset = MDIC_READY },
    { 0x0028, "FCAL",    PLAIN(1) },
    { 0x002c, "FCAH",    PLAIN(2) },
    { 0x0030, "FCT",     PLAIN(3) },
    { 0x0038, "VET",     AT(vet), .writable = 0xffff, .reset = 0x8100 },
    { 0x00c0, "ICR",     .read = icr_read, .write = icr_write },
    { 0x00c4, "ITR",     AT(itr), .writable = 0xffff },
    { 0x00c8, "ICS",     .write = ics_write },
    { 0x00d0, "IMS",     .read = ims_read, .write = ims_write },
    { 0x00d8, "IMC",     .write = imc_write },
    { 0x0100, "RCTL",    AT(rctl), .writable = ~0u, .changed = receive_changed },
    { 0x0170, "FCTTV",   PLAIN(4) },
    { 0x0178, "TXCW",    PLAIN(5) },
    { 0x0180, "RXCW",    .reset = 0 },
    { 0x0400, "TCTL",    AT(tctl), .writable = ~0u, .changed = transmit_changed },
    { 0x0410, "TIPG",    PLAIN(6) },
    { 0x0458, "AIFS",    PLAIN(7) },
    { 0x0e00, "LEDCTL",  PLAIN(8), .reset = 0x07068302 },
    { 0x1000, "PBA",     PLAIN(9), .reset = 0x00100030 },
    { 0x2160, "FCRTL",   PLAIN(10) },
    { 0x2168, "FCRTH",   PLAIN(11) },
    { 0x2800, "RDBAL",   AT(rdbal), .writable = ~15u },
    { 0x2804, "RDBAH",   AT(rdbah), .writable = ~0u },
    { 0x2808, "RDLEN",   AT(rdlen), .writable = 0x000fff80 },
    { 0x2810, "RDH",     AT(rdh), .writable = 0xffff },
    { 0x2818, "RDT",     AT(rdt), .writable = 0xffff, .changed = receive_changed },
    { 0x2820, "RDTR",    PLAIN(12) },
    { 0x2828, "RXDCTL",  PLAIN(13), .reset = 0x01010000 },
    { 0x282c, "RADV",    PLAIN(14) },
    { 0x2c00, "RSRPD",   PLAIN(15) },
    { 0x3000, "TXDMAC",  PLAIN(16) },
    { 0x3800, "TDBAL",   AT(tdbal), .writable = ~15u },
    { 0x3804, "TDBAH",   AT(tdbah), .writable = ~0u },
    { 0x3808, "TDLEN",   AT(tdlen), .writable = 0x000fff80 },
    { 0x3810, "TDH",     AT(tdh), .writable = 0xffff },
    { 0x3818, "TDT",     AT(tdt), .writable = 0xffff, .changed = transmit_changed },
    { 0x3820, "TIDV",    PLAIN(17) },
    { 0x3828, "TXDCTL",  AT(txdctl), .writable = ~0u },
    { 0x382c, "TADV",    PLAIN(18) },
    { 0x3830, "TSPMT",   PLAIN(19) },
    { 0x4000, "STATS",   .read_at = stat_read, .count = E1000_N_STATS },
    { 0x5000, "RXCSUM",  AT(rxcsum), .writable = 0x7ff },
    { 0x5200, "MTA",     AT(mta), .writable = ~0u, .count = 128 },
    { 0x5400, "RA",      AT(ra), .writable = ~0u, .count = 32 },
    { 0x5600, "VFTA",    AT(vfta), .writable = ~0u, .count = 128 },
    { 0x5800, "WUC",     PLAIN(20) },
    { 0x5808, "WUFC",    PLAIN(21) },
    { 0x5810, "WUS",     PLAIN(22) },
    { 0x5820, "MANC",    PLAIN(23) },
};

/* BAR 1: an address, and the register there. */
static uint64_t io_read(Device *dev, uint64_t off, unsigned size)
{
    E1000 *s = E1000(dev);
    if (off == 0) {
        return s->io_address;
    }
    return off == 4 ? memory_region_mmio_read(device_region(dev, 0), s->io_address, 4, ENDIAN_LITTLE,
                                              NULL) : 0;
}

static void io_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    E1000 *s = E1000(dev);
    if (off == 0) {
        s->io_address = value & (BAR0_SIZE - 4);
    } else if (off == 4) {
        memory_region_mmio_write(device_region(dev, 0), s->io_address, value, 4, ENDIAN_LITTLE, NULL);
    }
}

/* --- Life ------------------------------------------------------------------------------------- */

static bool e1000_realize(Device *dev, GError **err)
{
    E1000 *s = E1000(dev);
    uint8_t mac[6];
    if (!s->mac_text) {
        net_default_mac(mac);
    } else if (!net_parse_mac(s->mac_text, mac, err)) {
        return false;
    }
    fill_eeprom(s, mac);
    timer_init(&s->throttle, CLOCK_VIRTUAL, throttle_over, s);
    timer_init(&s->more, CLOCK_VIRTUAL, more, s);
    pci_init(&s->pci, dev, &(PciId){ .vendor = 0x8086, .device = 0x100e, .class_code = 0x020000,
                                     .revision = 2, .pin = 1, .subsystem_vendor = 0x8086,
                                     .subsystem = 0x001e });
    st_le16(s->pci.config + PCI_STATUS, 0x0220);        /* medium decoding, 66 MHz */
    s->pci.config[PCI_MIN_GNT] = 0xff;
    pci_add_bar(&s->pci, 0, device_region(dev, 0), PCI_BAR_MEMORY);
    pci_add_bar(&s->pci, 1, device_region(dev, 1), PCI_BAR_IO);
    net_attach(s->port, e1000_can_receive, e1000_receive, s);
    return pci_attach(&s->pci, err);
}

static void e1000_unrealize(Device *dev)
{
    net_detach(E1000(dev)->port);
    pci_detach(&E1000(dev)->pci);
}

static void e1000_reset(Device *dev)
{
    E1000 *s = E1000(dev);
    pci_reset(&s->pci);
    reset_phy(s);
    load_address(s);
}

static bool e1000_loaded(Device *dev, GError **err)
{
    E1000 *s = E1000(dev);
    const E1000Context *c = &s->context[1];
    bool ok = s->tx_len <= E1000_FRAME && s->ee_out_bits <= 16 && s->ee_bits <= 32 &&
              (!s->tx_segmented || !s->tx_open || s->tx_len <= (uint32_t)c->hdrlen + c->mss);
    pci_loaded(&s->pci);
    return ok || fail(err, EMU_ERROR_DATA, "%s: this state of the card cannot be", dev->id);
}

#define CONTEXT_STATE(f)                                                                        \
    STATE_U8(E1000, f.ipcss), STATE_U8(E1000, f.ipcso), STATE_U8(E1000, f.tucss),               \
    STATE_U8(E1000, f.tucso), STATE_U8(E1000, f.tucmd), STATE_U8(E1000, f.hdrlen),              \
    STATE_U16(E1000, f.ipcse), STATE_U16(E1000, f.tucse), STATE_U16(E1000, f.mss),              \
    STATE_U32(E1000, f.paylen)

const DeviceClass e1000 = {
    .name  = "e1000", .about = "Intel 82540EM network card", .bus = "pci", .size = sizeof(E1000),
    .regs  = WINDOWS(REG_WINDOW("regs", e1000_regs, BAR0_SIZE, ACCESS_32),
                     RAW_WINDOW("io", IO_SIZE, ACCESS_32, io_read, io_write)),
    .props = PROPS(PCI_PROPS(E1000, pci),
                   PROP_NET("netdev", E1000, port, .about = "what it is plugged into"),
                   PROP_STRING("mac", E1000, mac_text, .about = "52:54:00:12:34:56")),
    .state = STATE(PCI_STATE(E1000, pci), STATE_ARRAY(U16, E1000, eeprom, .keep = true),
                   STATE_ARRAY(U16, E1000, phy, .keep = true), STATE_U32(E1000, icr),
                   STATE_U32(E1000, ims), STATE_U32(E1000, io_address), STATE_ARRAY(U32, E1000, stats),
                   STATE_TIMER(E1000, throttle), STATE_TIMER(E1000, more), STATE_U32(E1000, ee_in),
                   STATE_U32(E1000, ee_bits), STATE_U32(E1000, ee_out), STATE_U32(E1000, ee_out_bits),
                   STATE_BOOL(E1000, ee_writable), CONTEXT_STATE(context[0]), CONTEXT_STATE(context[1]),
                   STATE_U8(E1000, tx_popts), STATE_BOOL(E1000, tx_segmented),
                   STATE_BOOL(E1000, tx_open), STATE_BOOL(E1000, tx_vlan), STATE_U16(E1000, tx_tag),
                   STATE_U16(E1000, tx_segments), STATE_U32(E1000, tx_len), STATE_U32(E1000, tx_left),
                   STATE_ARRAY(U8, E1000, tx)),
    .realize = e1000_realize, .reset = e1000_reset, .unrealize = e1000_unrealize,
    .loaded = e1000_loaded,
};
