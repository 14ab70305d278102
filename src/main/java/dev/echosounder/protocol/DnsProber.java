package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.dial.Dialer;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.PipelineEnd;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.DnsOptions;
import dev.echosounder.settings.DnsOptions.Transport;
import dev.echosounder.settings.TargetUrl;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Message;

/**
 * Probes name servers with one question, over UDP (RFC 1035 section 4.2.1), TCP (RFC 7766) or TLS
 * (RFC 7858). It is sent once, and a truncated answer is judged as it is.
 */
final class DnsProber implements Prober {

  private static final int MAX_MESSAGE = 65_535;

  private final Stages stages;

  DnsProber(Stages stages) {
    this.stages = stages;
  }

  @Override
  public Future<Void> probe(Visit visit) {
    DnsOptions options = (DnsOptions) visit.target().module().options();
    visit.findings().measure(Measure.DNS_QUERY_SUCCEEDED, false);
    DnsAnswers answers = new DnsAnswers(options, stages.workers(), visit.findings());
    return DnsQuestion.of(options.question())
        .compose(question -> ask(question, options, visit))
        .compose(answers::judge);
  }

  private Future<Message> ask(DnsQuestion question, DnsOptions options, Visit visit) {
    return connect(options, visit)
        .compose(
            channel ->
                exchange(channel, question, visit.findings())
                    .onComplete(end -> Dialer.hangUp(channel)));
  }

  private Future<Channel> connect(DnsOptions options, Visit visit) {
    Peer peer = peer(visit.target().url(), options);
    return options.transport() == Transport.UDP
        ? peer.connectDatagram(stages, visit).onSuccess(DnsProber::receiveWhole)
        : peer.connect(stages, visit).onSuccess(DnsProber::frame);
  }

  // Netty's default of 2 KiB would cut what a server sends that does not keep to 512 bytes.
  private static void receiveWhole(Channel channel) {
    channel
        .config()
        .setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_MESSAGE));
  }

  private static void frame(Channel channel) {
    PipelineEnd.addBefore(
        channel.pipeline(), new LengthFieldBasedFrameDecoder(MAX_MESSAGE + 2, 0, 2, 0, 2));
    PipelineEnd.addBefore(channel.pipeline(), new LengthFieldPrepender(2));
  }

  private static Future<Message> exchange(
      Channel channel, DnsQuestion question, Findings findings) {
    findings.enter(Phase.PROCESSING);
    DnsExchange exchange = new DnsExchange(question);
    PipelineEnd.addBefore(channel.pipeline(), exchange);
    return exchange.answer().onSuccess(answer -> findings.leave());
  }

  private static Peer peer(TargetUrl url, DnsOptions options) {
    boolean secure = options.transport() == Transport.TLS;
    return new Peer(
        url.hostName(),
        url.port().orElse(secure ? 853 : 53),
        options.ip(),
        options.source(),
        Optional.of(options.tls()).filter(tls -> secure),
        List.of());
  }
}
