package dev.echosounder.protocol;

import static dev.echosounder.protocol.ZoneText.name;
import static dev.echosounder.protocol.ZoneText.quote;
import static dev.echosounder.protocol.ZoneText.strings;
import static dev.echosounder.protocol.ZoneText.words;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.HINFORecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SPFRecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.UNKRecord;

/**
 * Records in the form of a zone file (RFC 1035 section 5.1), to the byte as blackbox_exporter shows
 * them to regular expressions: name, TTL, class, type and data, with a tab between each.
 */
final class RecordText {

  // RFC 1035 section 3.2.4; dnsjava has no name for it.
  private static final int CSNET = 2;

  private RecordText() {}

  static String of(Record record) {
    boolean known = !(record instanceof UNKRecord);
    return String.join(
        "\t",
        name(record.getName()),
        Long.toString(record.getTTL()),
        known ? className(record.getDClass()) : "CLASS" + record.getDClass(),
        known ? Type.string(record.getType()) : "TYPE" + record.getType(),
        data(record));
  }

  private static String data(Record record) {
    if (record instanceof ARecord a) {
      return NetUtil.toAddressString(a.getAddress());
    } else if (record instanceof AAAARecord aaaa) {
      return address6(aaaa.getAddress());
    } else if (record instanceof TXTRecord txt) {
      return strings(txt.getStringsAsByteArrays());
    } else if (record instanceof SPFRecord spf) {
      return strings(spf.getStringsAsByteArrays());
    } else if (record instanceof UNKRecord unknown) {
      return "\\# " + unknown.getData().length + " " + HexFormat.of().formatHex(unknown.getData());
    }
    return dataOfNames(record);
  }

  private static String dataOfNames(Record record) {
    if (record instanceof CNAMERecord cname) {
      return name(cname.getTarget());
    } else if (record instanceof NSRecord ns) {
      return name(ns.getTarget());
    } else if (record instanceof PTRRecord ptr) {
      return name(ptr.getTarget());
    } else if (record instanceof DNAMERecord dname) {
      return name(dname.getTarget());
    } else if (record instanceof MXRecord mx) {
      return words(mx.getPriority(), name(mx.getTarget()));
    } else if (record instanceof SRVRecord srv) {
      return words(srv.getPriority(), srv.getWeight(), srv.getPort(), name(srv.getTarget()));
    } else if (record instanceof SOARecord soa) {
      return soa(soa);
    }
    return dataOfOthers(record);
  }

  private static String soa(SOARecord soa) {
    return words(
        name(soa.getHost()),
        name(soa.getAdmin()),
        soa.getSerial(),
        soa.getRefresh(),
        soa.getRetry(),
        soa.getExpire(),
        soa.getMinimum());
  }

  // dnsjava leaves out the quotes of these, and writes digests in capitals.
  private static String dataOfOthers(Record record) {
    if (record instanceof CAARecord caa) {
      return words(caa.getFlags(), caa.getTag(), quote(caa.getValue()));
    } else if (record instanceof HINFORecord hinfo) {
      return words(quote(hinfo.getCPU()), quote(hinfo.getOS()));
    } else if (record instanceof NAPTRRecord naptr) {
      return words(
          naptr.getOrder(),
          naptr.getPreference(),
          quote(naptr.getFlags()),
          quote(naptr.getService()),
          quote(naptr.getRegexp()),
          name(naptr.getReplacement()));
    } else if (record instanceof TLSARecord tlsa) {
      return tlsa.rdataToString().toLowerCase(Locale.ROOT);
    } else if (record instanceof SVCBBase svcb) {
      return words(svcb.getSvcPriority(), name(svcb.getTargetName())) + params(svcb);
    }
    return record.rdataToString();
  }

  // RFC 4291 section 2.5.5.2: Java takes such an address for one of IPv4.
  private static String address6(InetAddress address) {
    String text = NetUtil.toAddressString(address);
    return address instanceof Inet4Address ? "::ffff:" + text : text;
  }

  private static String params(SVCBBase record) {
    return Stream.of(record.rdataToString().split(" "))
        .skip(2)
        .map(param -> param.split("=", 2))
        .map(param -> " " + param[0] + "=" + quote(param.length > 1 ? param[1] : ""))
        .collect(Collectors.joining());
  }

  private static String className(int dnsClass) {
    return dnsClass == CSNET ? "CS" : DClass.string(dnsClass);
  }
}
