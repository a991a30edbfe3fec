/* SPDX-License-Identifier: MIT */
/*
 * 82540EM: receiving.  Implements: PCI/PCI-X Family of Gigabit Ethernet Controllers Software
 * Developer's Manual (317453), 3.2 (packet reception) and 13.5 (filters).
 */
#include "hw/net/e1000.h"

enum { DD = 0x01, EOP = 0x02, IXSM = 0x04, VP = 0x08, TCPCS = 0x20, IPCS = 0x40, PIF = 0x80 };
enum { TCPE = 0x20, IPE = 0x40 };
enum { RXCSUM_IP = 0x100, RXCSUM_TU = 0x200 };
enum { MIN_WIRE = 60, FCS = 4, VLAN_TAG = 4 };
enum { RAH_VALID = 1u << 31 };

static unsigned n_descriptors(const E1000 *s)
{
    return s->rdlen / E1000_DESC;
}

static unsigned buffer_size(const E1000 *s)
{
    static const unsigned sizes[2][4] = { { 2048, 1024, 512, 256 }, { 2048, 16384, 8192, 4096 } };
    return sizes[!!(s->rctl & RCTL_BSEX)][s->rctl >> 16 & 3];
}

/* Those that the driver has handed over. */
static unsigned available(const E1000 *s)
{
    unsigned n = n_descriptors(s);
    if (!n || s->rdh >= n || s->rdt >= n) {
        return 0;
    }
    return (s->rdt + n - s->rdh) % n;
}

static bool fits(const E1000 *s, unsigned len)
{
    unsigned size = buffer_size(s);
    return available(s) >= (len + size - 1) / size;
}

/* One that is switched off takes everything, and drops it. */
bool e1000_can_receive(void *opaque)
{
    E1000 *s = opaque;
    return !(s->rctl & RCTL_EN) || fits(s, NET_MAX_FRAME + FCS);
}

/* --- Filters ---------------------------------------------------------------------------------- */

static bool exact_match(const E1000 *s, const uint8_t *mac)
{
    for (unsigned i = 0; i < ARRAY_SIZE(s->ra); i += 2) {
        if ((s->ra[i + 1] & RAH_VALID) && s->ra[i] == ld_le32(mac) &&
            (s->ra[i + 1] & 0xffff) == ld_le16(mac + 4)) {
            return true;
        }
    }
    return false;
}

/* 12 bits of the address choose one of 4096 (table 13-71). */
static bool in_hash_table(const E1000 *s, const uint8_t *mac)
{
    static const uint8_t shifts[4] = { 4, 3, 2, 0 };
    unsigned hash = ld_le16(mac + 4) >> shifts[s->rctl >> 12 & 3] & 0xfff;
    return s->mta[hash >> 5] >> (hash & 31) & 1;
}

static bool is_vlan(const E1000 *s, const uint8_t *frame, unsigned len)
{
    return len >= 18 && ld_be16(frame + 12) == (s->vet & 0xffff);
}

static bool vlan_accepted(const E1000 *s, const uint8_t *frame, unsigned len)
{
    if (!(s->rctl & RCTL_VFE) || !is_vlan(s, frame, len)) {
        return true;
    }
    unsigned tag = ld_be16(frame + 14);
    bool cfi_wrong = (s->rctl & RCTL_CFIEN) && !!(tag & 0x1000) != !!(s->rctl & RCTL_CFI);
    return !cfi_wrong && (s->vfta[tag >> 5 & 127] >> (tag & 31) & 1);
}

/* *inexact: by the hash table, so that software has to look again. */
static bool accepted(const E1000 *s, const uint8_t *frame, unsigned len, bool *inexact)
{
    static const uint8_t broadcast[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
    *inexact = false;
    if (!vlan_accepted(s, frame, len)) {
        return false;
    }
    if (!memcmp(frame, broadcast, 6) && (s->rctl & RCTL_BAM)) {
        return true;
    }
    if (exact_match(s, frame)) {
        return true;
    }
    *inexact = frame[0] & 1;
    return frame[0] & 1 ? (s->rctl & RCTL_MPE) || in_hash_table(s, frame) : s->rctl & RCTL_UPE;
}

/* --- Checksums -------------------------------------------------------------------------------- */

typedef struct RxResult {
    uint8_t  status, errors;
    uint16_t checksum, tag;
} RxResult;

/* TCP or UDP in IPv4, whole and not a fragment. */
static void check_transport(const uint8_t *ip, unsigned header, unsigned total, RxResult *r)
{
    uint8_t protocol = ip[9], pseudo[4] = { 0, protocol };
    const uint8_t *l4 = ip + header;
    unsigned len = total - header, at = protocol == 6 ? 16 : 6;
    if ((protocol != 6 && protocol != 17) || (ld_be16(ip + 6) & 0x3fff) || len < at + 2 ||
        (protocol == 17 && ld_be16(l4 + at) == 0)) {
        return;
    }
    st_be16(pseudo + 2, len);
    uint32_t sum = e1000_sum(e1000_sum(e1000_sum(0, ip + 12, 8), pseudo, 4), l4, len);
    r->status |= TCPCS;
    r->errors |= sum == 0xffff ? 0 : TCPE;
}

static void check(const E1000 *s, const uint8_t *frame, unsigned len, RxResult *r)
{
    unsigned start = s->rxcsum & 0xff;
    r->checksum = ~e1000_sum(0, frame + MIN(start, len), len - MIN(start, len));
    if (len < 34 || ld_be16(frame + 12) != 0x0800 || frame[14] >> 4 != 4) {
        r->status |= s->rxcsum & (RXCSUM_IP | RXCSUM_TU) ? 0 : IXSM;
        return;
    }
    const uint8_t *ip = frame + 14;
    unsigned header = (ip[0] & 15) * 4, total = ld_be16(ip + 2);
    bool whole = header >= 20 && total >= header && total <= len - 14;
    if (!(s->rxcsum & (RXCSUM_IP | RXCSUM_TU))) {
        r->status |= IXSM;
    }
    if ((s->rxcsum & RXCSUM_IP) && whole) {
        r->status |= IPCS;
        r->errors |= e1000_sum(0, ip, header) == 0xffff ? 0 : IPE;
    }
    if ((s->rxcsum & RXCSUM_TU) && whole) {
        check_transport(ip, header, total, r);
    }
}

/* --- Descriptors ------------------------------------------------------------------------------ */

static GPa descriptor_at(const E1000 *s)
{
    return ((uint64_t)s->rdbah << 32 | s->rdbal) + (GPa)s->rdh * E1000_DESC;
}

static void write_back(E1000 *s, GPa at, unsigned len, bool last, const RxResult *r)
{
    uint8_t d[8];
    st_le16(d, len);
    st_le16(d + 2, r->checksum);
    d[4] = DD | (last ? EOP | r->status : r->status & VP);
    d[5] = last ? r->errors : 0;
    st_le16(d + 6, r->tag);
    pci_dma_write(&s->pci, at + 8, d, sizeof(d));
}

static void store(E1000 *s, const uint8_t *frame, unsigned len, const RxResult *r)
{
    for (unsigned done = 0; done < len && available(s);) {
        GPa at = descriptor_at(s);
        unsigned n = MIN(len - done, buffer_size(s));
        uint8_t buffer[8];
        pci_dma_read(&s->pci, at, buffer, sizeof(buffer));
        pci_dma_write(&s->pci, ld_le64(buffer), frame + done, n);
        done += n;
        write_back(s, at, n, done >= len, r);
        s->rdh = s->rdh + 1 >= n_descriptors(s) ? 0 : s->rdh + 1;
    }
}

static void count(E1000 *s, const uint8_t *frame, unsigned len)
{
    bool group = frame[0] & 1, broadcast = ld_le32(frame) == UINT32_MAX && ld_le16(frame + 4) == 0xffff;
    e1000_count(s, STAT_GPRC, 1);
    e1000_count(s, broadcast ? STAT_BPRC : STAT_MPRC, group);
    e1000_count_bytes(s, STAT_GORC, len);
    e1000_count_size(s, STAT_PRC64, len);
}

/* The least that is left over before RXDMT0: 1/2, 1/4 or 1/8 of the ring. */
static unsigned threshold(const E1000 *s)
{
    return n_descriptors(s) >> ((s->rctl >> 8 & 3) + 1);
}

/* The frame as it is on the wire, padded and with room for its checksum. */
static void deliver(E1000 *s, uint8_t *wire, unsigned len)
{
    RxResult r = { 0 };
    bool inexact;
    e1000_count(s, STAT_TPR, 1);
    e1000_count_bytes(s, STAT_TOR, len + FCS);
    if (!accepted(s, wire, len, &inexact)) {
        return;
    }
    check(s, wire, len, &r);
    r.status |= inexact ? PIF : 0;
    count(s, wire, len + FCS);
    if ((s->ctrl & CTRL_VME) && is_vlan(s, wire, len)) {
        r.status |= VP;
        r.tag = ld_be16(wire + 14);
        memmove(wire + 12, wire + 16, len - 16);
        len -= VLAN_TAG;
    }
    if (!(s->rctl & RCTL_SECRC)) {
        memset(wire + len, 0, FCS);     /* nobody has made one: drivers only cut it off */
        len += FCS;
    }
    if (!fits(s, len)) {
        e1000_count(s, STAT_MPC, 1);
        e1000_count(s, STAT_RNBC, 1);
        e1000_cause(s, ICR_RXO);
        return;
    }
    store(s, wire, len, &r);
    e1000_cause(s, ICR_RXT0 | (available(s) <= threshold(s) ? ICR_RXDMT0 : 0));
}

void e1000_receive(void *opaque, const uint8_t *frame, unsigned len)
{
    E1000 *s = opaque;
    uint8_t wire[E1000_FRAME + FCS];
    bool too_long = len > NET_MAX_FRAME - FCS + VLAN_TAG && !(s->rctl & RCTL_LPE);
    if (!(s->rctl & RCTL_EN) || len < NET_MIN_FRAME || len > E1000_FRAME) {
        return;
    }
    if (too_long && !(s->rctl & RCTL_SBP)) {
        e1000_count(s, STAT_ROC, 1);
        return;
    }
    memcpy(wire, frame, len);
    if (len < MIN_WIRE) {
        memset(wire + len, 0, MIN_WIRE - len);
        len = MIN_WIRE;
    }
    deliver(s, wire, len);
}
