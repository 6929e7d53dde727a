package dev.hexmart.domain.shared;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The codes of ISO 4217 with their minor units.
 *
 * <p>In use: list one as published on 2024-06-25 (the XML file in the npm package {@code currency-codes} 2.2.0) with the
 * amendments since: 176 (XCG for ANG, 2025-03-31), 178 (CUC, withdrawn), 179 (XAD, 2025-05-12) and the change of Bulgaria to the
 * euro on 2026-01-01 (BGN, withdrawn); 178 codes together with those without minor units.
 *
 * <p>Withdrawn: those codes of list three whose minor units are on record, which list three itself leaves out: they are from the
 * JDK's currency data ({@code Currency.getDefaultFractionDigits} of JDK 25.0.3), and no other codes could be stored before.
 * CLDR's decimals are no source: CLDR 48 has none for HUF, IDR, COP and IQD, because it says how amounts are usually written.
 *
 * <p>To bring it up to date, take list one and the amendments from the maintenance agency (SIX), and change the lines here;
 * {@code CurrencyTest} counts them.
 */
final class Iso4217 {

    private static final List<String> IN_USE = List.of(
            "0 BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
            """
            2 AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
            CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
            GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK
            LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO
            NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
            SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST
            XAD XCD XCG YER ZAR ZMW ZWG
            """,
            "3 BHD IQD JOD KWD LYD OMR TND",
            "4 CLF UYW");

    private static final List<String> WITHDRAWN = List.of("0 ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE ROL TPE TRL", """
            2 AFA ANG ATS AYM AZM BGL BGN CSD CUC CYP DEM EEK FIM FRF GHC GWP HRK IEP LTL LVL MRO MTL
            MZM NLG RUR SDD SIT SKK SLL SRG STD TMM USS VEB VEF YUM ZMK ZWD ZWL ZWN ZWR
            """);

    /** Precious metals, units of account, "no currency" and the code for tests: "N.A." in the list, counted in whole ones. */
    private static final List<String> WITHOUT_MINOR_UNIT =
            List.of("0 XAG XAU XBA XBB XBC XBD XDR XFO XFU XPD XPT XSU XTS XUA XXX");

    static final Map<String, Entry> ENTRIES = entries();

    private Iso4217() {}

    record Entry(int minorUnits, Currency.Standing standing) {}

    private static Map<String, Entry> entries() {
        Map<String, Entry> entries = new HashMap<>();
        IN_USE.forEach(line -> read(line, Currency.Standing.IN_USE, entries));
        WITHDRAWN.forEach(line -> read(line, Currency.Standing.WITHDRAWN, entries));
        WITHOUT_MINOR_UNIT.forEach(line -> read(line, Currency.Standing.WITHOUT_MINOR_UNIT, entries));
        return Map.copyOf(entries);
    }

    private static void read(String line, Currency.Standing standing, Map<String, Entry> entries) {
        String[] words = line.split("\\s+");
        Entry entry = new Entry(Integer.parseInt(words[0]), standing);
        Arrays.stream(words).skip(1).forEach(code -> {
            if (entries.put(code, entry) != null) {
                throw new IllegalStateException(code + " is listed twice");
            }
        });
    }
}
