package io.fleetsdk.tck;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report for build servers: a test case for each rule. */
final class JUnitReport {
    static final String FILE = "TEST-conformance.xml";

    private JUnitReport() {}

    static void write(ConformanceReport report, Path directory) throws IOException {
        try (Writer file = Files.newBufferedWriter(directory.resolve(FILE))) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(file);
            xml.writeStartDocument();
            write(report, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("the JUnit report could not be written", e);
        }
    }

    private static void write(ConformanceReport report, XMLStreamWriter xml) throws XMLStreamException {
        String suite = "fleet.conformance." + report.profile().name().toLowerCase(Locale.ROOT);
        long failures =
                report.results().stream().filter(RuleResult::isUnexpected).count();
        long skipped = report.results().stream().filter(JUnitReport::isSkipped).count();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", suite);
        xml.writeAttribute("tests", Integer.toString(report.results().size()));
        xml.writeAttribute("failures", Long.toString(failures));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(skipped));
        xml.writeAttribute("timestamp", report.at().toString());
        for (RuleResult result : report.results()) {
            write(result, suite, xml);
        }
        xml.writeEndElement();
    }

    private static void write(RuleResult result, String suite, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("name", result.rule().id() + " " + result.rule().sentence());
        if (result.isUnexpected()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", printable(message(result)));
            xml.writeCharacters("If this fails, check " + result.ifThisFails() + ".");
            xml.writeEndElement();
        } else if (isSkipped(result)) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", printable(result.reason()));
        }
        xml.writeEndElement();
    }

    private static String message(RuleResult result) {
        return result.verdict() == Verdict.PASSED ? "passed, but is listed as known to fail" : result.reason();
    }

    /** Neither kept nor broken in a way that counts. */
    private static boolean isSkipped(RuleResult result) {
        return !result.isUnexpected() && result.verdict() != Verdict.PASSED;
    }

    /** What a robot sent may hold characters XML has no place for. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cs}\\ufffe\\uffff]", "?");
    }
}
