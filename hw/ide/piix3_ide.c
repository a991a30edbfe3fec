/* SPDX-License-Identifier: MIT */
/*
 * The IDE function of the PIIX3: two channels at the AT's addresses, with bus mastering.
 * Implements: Intel 82371FB (PIIX) and 82371SB (PIIX3) data sheet (290550), section 2.3 and 3.5, and
 * "Programming Interface for Bus Master IDE Controller", revision 1.0.
 *
 * Windows: command and control block of each channel, which the machine maps at 1f0h, 3f6h, 170h and
 * 376h, and the bus master registers, which BAR 4 maps.
 *
 * Choices: on a bus the legacy windows are there when PCI command allows I/O and IDETIM's decode bit
 * is set; without one they always are.  A transfer goes on at once when start bit and drive agree,
 * in slices of at most SLICE descriptors.  A transfer whose direction is not the drive's does not move.
 * A start bit that is set again after the table has ended takes the table from its beginning, and the
 * drive goes on where it was.
 * Not here: timing (the registers are stored).
 */
#include "hw/ide/ata.h"
#include "hw/pci/pci.h"
#include "hw/rtc/mc146818.h"

enum { BM_START = 0x01, BM_TO_MEMORY = 0x08 };                          /* command */
enum { BM_ACTIVE = 0x01, BM_ERROR = 0x02, BM_INTERRUPT = 0x04, BM_CAPABLE = 0x60 }; /* status */
enum { IDETIM = 0x40, SIDETIM = 0x44, DECODE = 0x8000, N_CHANNELS = 2 };
enum { SLICE = 4096, SLICE_PAUSE = 1000, BOUNCE = 4096 };

/* A channel's bus master. */
typedef struct Master {
    uint8_t  command, status;
    uint32_t table;
    uint32_t next;                      /* descriptor */
    uint32_t address, left;             /* of the present one */
    bool     last;                      /* it is the table's last */
    bool     running;                   /* our own memory accesses may come back to the registers */
    Timer    resume;
} Master;

typedef struct PiixIde {
    Device      dev;
    Device     *cmos;                   /* property */
    IrqLine     irq[N_CHANNELS];
    PciFunction pci;
    AtaChannel  ch[N_CHANNELS];
    Master      bm[N_CHANNELS];
} PiixIde;

#define PIIX_IDE(d) DEVICE_AS(PiixIde, d)

/* --- Bus master ------------------------------------------------------------------------------- */

static void bus_error(Master *bm)
{
    bm->status = (bm->status | BM_ERROR) & ~BM_ACTIVE;
}

/* Descriptor: base, byte count (0: 64 KiB), end of table in the last bit.  The table does not cross
 * a boundary of 64 KiB. */
static bool fetch(PiixIde *s, Master *bm)
{
    uint8_t prd[8];
    if (!pci_dma_read(&s->pci, bm->next, prd, sizeof(prd))) {
        return false;
    }
    uint32_t count = ld_le32(prd + 4);
    bm->next = (bm->next & 0xffff0000) | ((bm->next + 8) & 0xffff);
    bm->address = ld_le32(prd) & ~1u;
    bm->left = count & 0xfffe ? count & 0xfffe : 0x10000;
    bm->last = count >> 31;
    return true;
}

/* Straight between image and RAM. */
static uint64_t move_mapped(AtaChannel *ch, AddressSpace *as, uint64_t addr, uint64_t n)
{
    uint64_t got;
    bool to_memory = !ata_dma_to_drive(ch);
    void *host = address_space_map_dma(as, addr, n, to_memory, &got);
    if (host) {
        ata_dma_move(ch, host, got);
        if (to_memory) {
            address_space_dma_done(host, got);
        }
    }
    return got;
}

/* What is not RAM; false: nobody is there. */
static bool move_bounced(AtaChannel *ch, AddressSpace *as, uint64_t addr, uint64_t n)
{
    uint8_t buf[BOUNCE];
    bool to_drive = ata_dma_to_drive(ch), ok = true;
    memset(buf, 0, n);
    if (to_drive) {
        ok = address_space_read(as, addr, buf, n) == MEM_OK;
    }
    if (ok) {
        ata_dma_move(ch, buf, n);
    }
    return to_drive ? ok : address_space_write(as, addr, buf, n) == MEM_OK;
}

static bool move_some(PiixIde *s, AtaChannel *ch, Master *bm)
{
    AddressSpace *as = pci_master(&s->pci);
    uint64_t n = MIN(bm->left, ata_dma_left(ch)), got = as ? move_mapped(ch, as, bm->address, n) : 0;
    if (!got) {
        got = MIN(n, BOUNCE);
        if (!as || !move_bounced(ch, as, bm->address, got)) {
            return false;
        }
    }
    bm->address += got;
    bm->left -= got;
    return true;
}

static bool may_run(const AtaChannel *ch, const Master *bm)
{
    return (bm->status & BM_ACTIVE) && ata_dma_left(ch) &&
           ata_dma_to_drive(ch) == !(bm->command & BM_TO_MEMORY);
}

/* Programming interface, 3.1: with the last byte of the last descriptor the active bit goes out, with
 * the drive's last byte comes its interrupt; whichever is missing tells the driver what was short. */
static void run(PiixIde *s, unsigned n)
{
    AtaChannel *ch = &s->ch[n];
    Master *bm = &s->bm[n];
    if (bm->running) {
        return;
    }
    bm->running = true;
    for (unsigned i = 0; may_run(ch, bm); i++) {
        if (i == SLICE) {
            timer_set(&bm->resume, clock_now(CLOCK_VIRTUAL) + SLICE_PAUSE);
            break;
        }
        if ((!bm->left && !fetch(s, bm)) || !move_some(s, ch, bm)) {
            log_guest(&s->dev, "bus master: nothing answers at %#x", bm->address);
            bus_error(bm);
            break;
        }
        if (!bm->left && bm->last) {
            bm->status &= ~BM_ACTIVE;
        }
        ata_dma_settle(ch);
    }
    bm->running = false;
}

static void resume0(void *opaque)
{
    run(opaque, 0);
}

static void resume1(void *opaque)
{
    run(opaque, 1);
}

static void dma_ready(AtaChannel *ch)
{
    PiixIde *s = PIIX_IDE(ch->dev);
    if (s->bm[ch->number].status & BM_ACTIVE) {
        run(s, ch->number);
    }
}

static void irq_changed(AtaChannel *ch, bool level)
{
    PiixIde *s = PIIX_IDE(ch->dev);
    IrqLine *line = &s->irq[ch->number];
    if (level && !irq_level(line)) {
        s->bm[ch->number].status |= BM_INTERRUPT;
    }
    irq_set(line, level);
}

static void command_write(PiixIde *s, unsigned n, uint8_t value)
{
    Master *bm = &s->bm[n];
    bool was = bm->command & BM_START, now = value & BM_START;
    bm->command = value & (BM_START | BM_TO_MEMORY);
    if (!now) {
        bm->status &= ~BM_ACTIVE;
        timer_cancel(&bm->resume);
    } else if (!was) {
        bm->status |= BM_ACTIVE;
        bm->next = bm->table;
        bm->left = 0;
        bm->last = false;
        run(s, n);
    }
}

static void status_write(Master *bm, uint8_t value)
{
    uint8_t keep = bm->status & ~BM_CAPABLE & ~(value & (BM_ERROR | BM_INTERRUPT));
    bm->status = keep | (value & BM_CAPABLE);
}

static uint64_t master_read(Device *dev, uint64_t off, unsigned size)
{
    Master *bm = &PIIX_IDE(dev)->bm[off >> 3];
    uint64_t regs = bm->command | bm->status << 16 | (uint64_t)bm->table << 32;
    return regs >> 8 * (off & 7) & mask64(8 * size);
}

/* The command last: it starts what the others have set. */
static void master_write(Device *dev, uint64_t off, uint64_t value, unsigned size)
{
    PiixIde *s = PIIX_IDE(dev);
    unsigned n = off >> 3;
    Master *bm = &s->bm[n];
    for (unsigned i = size; i-- > 0;) {
        unsigned reg = (off + i) & 7;
        uint8_t byte = value >> 8 * i;
        if (reg >= 4) {
            bm->table = deposit32(bm->table, 8 * (reg - 4), 8, byte) & ~3u;
        } else if (reg == 2) {
            status_write(bm, byte);
        } else if (reg == 0) {
            command_write(s, n, byte);
        }
    }
}

/* --- Legacy ports ----------------------------------------------------------------------------- */

#define CHANNEL(n)                                                                              \
    static uint64_t command##n##_read(Device *dev, uint64_t off, unsigned size)                 \
    {                                                                                           \
        return ata_command_read(&PIIX_IDE(dev)->ch[n], off, size);                              \
    }                                                                                           \
    static void command##n##_write(Device *dev, uint64_t off, uint64_t value, unsigned size)    \
    {                                                                                           \
        ata_command_write(&PIIX_IDE(dev)->ch[n], off, value, size);                             \
    }                                                                                           \
    static uint64_t control##n##_read(Device *dev, uint64_t off, unsigned size)                 \
    {                                                                                           \
        return ata_alternate_status(&PIIX_IDE(dev)->ch[n]);                                     \
    }                                                                                           \
    static void control##n##_write(Device *dev, uint64_t off, uint64_t value, unsigned size)    \
    {                                                                                           \
        ata_control_write(&PIIX_IDE(dev)->ch[n], value);                                        \
    }
CHANNEL(0)
CHANNEL(1)

static void update_windows(PiixIde *s)
{
    bool io = !s->pci.bus || (s->pci.config[PCI_COMMAND] & PCI_COMMAND_IO);
    memory_begin();
    for (unsigned n = 0; n < N_CHANNELS; n++) {
        bool decoded = !s->pci.bus || (ld_le16(s->pci.config + IDETIM + 2 * n) & DECODE);
        memory_set_enabled(device_region(&s->dev, 2 * n), io && decoded);
        memory_set_enabled(device_region(&s->dev, 2 * n + 1), io && decoded);
    }
    memory_commit();
}

static void config_written(PciFunction *p, unsigned reg, unsigned size)
{
    if (reg <= PCI_COMMAND || (reg >= (IDETIM & ~3) && reg < SIDETIM)) {
        update_windows(PIIX_IDE(p->dev));
    }
}

/* --- CMOS ------------------------------------------------------------------------------------- */

enum { CMOS_TRANSLATION = 0x39, TRANSLATE_LBA = 1, MOST_UNTRANSLATED = 1024 * 16 * 63 };

/* Two bits for each drive: how the BIOS makes cylinders, heads and sectors for INT 13h.  It need not
 * while the drive's own fit there, and must not while LBA translation would find no whole cylinder. */
static uint8_t translations(PiixIde *s)
{
    uint8_t v = 0;
    for (unsigned i = 0; i < 2 * N_CHANNELS; i++) {
        const AtaDrive *d = &s->ch[i / 2].drive[i % 2];
        bool large = d->kind == ATA_KIND_DISK && d->sectors > MOST_UNTRANSLATED;
        v |= (large ? TRANSLATE_LBA : 0) << 2 * i;
    }
    return v;
}

/* --- Life ------------------------------------------------------------------------------------- */

static void init_config(PiixIde *s)
{
    uint8_t *writable = s->pci.writable;
    pci_init(&s->pci, &s->dev, &(PciId){ .vendor = 0x8086, .device = 0x7010,
                                         .class_code = 0x010180 });
    st_le16(s->pci.config + PCI_STATUS, 0x0280);        /* medium decoding, fast back to back */
    st_le16(writable + PCI_COMMAND, PCI_COMMAND_IO | PCI_COMMAND_MASTER);
    writable[PCI_INTERRUPT_LINE] = writable[PCI_CACHE_LINE] = 0;
    st_le32(writable + IDETIM, 0xffffffff);
    writable[SIDETIM] = 0xff;
    s->pci.config_written = config_written;
    pci_add_bar(&s->pci, 4, device_region(&s->dev, 4), PCI_BAR_IO);
}

static bool piix_ide_realize(Device *dev, GError **err)
{
    PiixIde *s = PIIX_IDE(dev);
    timer_init(&s->bm[0].resume, CLOCK_VIRTUAL, resume0, s);
    timer_init(&s->bm[1].resume, CLOCK_VIRTUAL, resume1, s);
    for (unsigned n = 0; n < N_CHANNELS; n++) {
        s->ch[n].irq_changed = irq_changed;
        s->ch[n].dma_ready = dma_ready;
        if (!ata_channel_init(&s->ch[n], dev, n, err)) {
            return false;
        }
    }
    init_config(s);
    return pci_attach(&s->pci, err);
}

static void piix_ide_unrealize(Device *dev)
{
    PiixIde *s = PIIX_IDE(dev);
    pci_detach(&s->pci);
    ata_channel_free(&s->ch[0]);
    ata_channel_free(&s->ch[1]);
}

static void piix_ide_reset(Device *dev)
{
    PiixIde *s = PIIX_IDE(dev);
    pci_reset(&s->pci);
    st_le32(s->pci.config + IDETIM, 0);
    s->pci.config[SIDETIM] = 0;
    for (unsigned n = 0; n < N_CHANNELS; n++) {
        ata_channel_reset(&s->ch[n]);
    }
    if (s->cmos) {                      /* as the user would in the BIOS's setup */
        mc146818_set_cmos(s->cmos, CMOS_TRANSLATION, translations(s));
    }
    update_windows(s);
}

static bool piix_ide_loaded(Device *dev, GError **err)
{
    PiixIde *s = PIIX_IDE(dev);
    pci_loaded(&s->pci);
    update_windows(s);
    return ata_channel_loaded(&s->ch[0], err) && ata_channel_loaded(&s->ch[1], err);
}

#define MASTER_STATE(f)                                                                         \
    STATE_U8(PiixIde, f.command), STATE_U8(PiixIde, f.status), STATE_U32(PiixIde, f.table),     \
    STATE_U32(PiixIde, f.next), STATE_U32(PiixIde, f.address), STATE_U32(PiixIde, f.left),      \
    STATE_BOOL(PiixIde, f.last), STATE_TIMER(PiixIde, f.resume)

static const char *const kinds[] = { "auto", "disk", "cd", NULL };

#define DRIVE_PROPS(n, f)                                                                       \
    PROP_DRIVE("drive" n, PiixIde, f.block, .about = "what is in drive " n),                    \
    PROP_ENUM("kind" n, PiixIde, f.kind, kinds, .about = "of drive " n),                        \
    PROP_STRING("serial" n, PiixIde, f.serial, .about = "serial number of drive " n)

const DeviceClass piix3_ide = {
    .name      = "piix3-ide", .about = "IDE controller of the Intel PIIX3", .bus = "pci",
    .size      = sizeof(PiixIde),
    .regs      = WINDOWS(RAW_WINDOW("command0", 8, 0, command0_read, command0_write),
                         RAW_WINDOW("control0", 1, 0, control0_read, control0_write),
                         RAW_WINDOW("command1", 8, 0, command1_read, command1_write),
                         RAW_WINDOW("control1", 1, 0, control1_read, control1_write),
                         RAW_WINDOW("bus-master", 16, ACCESS_8 | ACCESS_16 | ACCESS_32,
                                    master_read, master_write)),
    .irqs      = IRQS(PiixIde, irq),
    .props     = PROPS(PCI_PROPS(PiixIde, pci),
                       PROP_LINK("cmos", PiixIde, cmos, .text = "mc146818",
                                 .about = "clock whose CMOS says how disks are translated"),
                       DRIVE_PROPS("0", ch[0].drive[0]), DRIVE_PROPS("1", ch[0].drive[1]),
                       DRIVE_PROPS("2", ch[1].drive[0]), DRIVE_PROPS("3", ch[1].drive[1])),
    .state     = STATE(PCI_STATE(PiixIde, pci), ATA_CHANNEL_STATE(PiixIde, ch[0]),
                       ATA_CHANNEL_STATE(PiixIde, ch[1]), MASTER_STATE(bm[0]), MASTER_STATE(bm[1])),
    .realize   = piix_ide_realize,
    .reset     = piix_ide_reset,
    .unrealize = piix_ide_unrealize,
    .loaded    = piix_ide_loaded,
};
