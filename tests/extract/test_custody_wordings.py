"""Ways of wording who is held, tried or freed: each sentence with what a reader takes from it, and no more.

The sentences are made up, the people invented; written before the rules that read them, beside the rules' own examples.
"""

import pytest

TOLD = [
    (
        "A military court in Ethiopia handed the blogger Dawit Mersha a five-year prison term on Monday for inciting mutiny.",
        {"Dawit Mersha": "sentenced"},
    ),
    (
        "The Egyptian poet Karim Shalabi received a ten-year sentence in May for spreading false news.",
        {"Karim Shalabi": "sentenced"},
    ),
    (
        "Two reporters, Lucia Marenco and Paul Dietrich, were given four years and two months in jail by a court in Managua.",
        {"Lucia Marenco": "sentenced", "Paul Dietrich": "sentenced"},
    ),
    (
        "An appeals court in Minsk upheld the nine-year sentence of the editor Yana Haluza on Friday.",
        {"Yana Haluza": "sentenced"},
    ),
    (
        "Tomas Rehak, a Czech engineer kidnapped in Mali last year, has been freed after eleven months in captivity.",
        {"Tomas Rehak": "released"},
    ),
    (
        "The aid worker Ingrid Solheim, who had been held hostage by Boko Haram for two years, was freed on Thursday.",
        {"Ingrid Solheim": "released"},
    ),
    (
        "Rights lawyer Nadia Bensalem was released on bail in Tunis on Tuesday after six weeks in detention.",
        {"Nadia Bensalem": "released"},
    ),
    (
        "The opposition leader Moses Kiptanui is being held at a maximum-security prison outside Kampala.",
        {"Moses Kiptanui": "detained"},
    ),
    ("The former minister Arash Bagheri is in custody in Tehran, his son said.", {"Arash Bagheri": "detained"}),
    ("Wang Jiarui, a Canadian consultant, has languished in a Beijing jail since 2021.", {"Wang Jiarui": "detained"}),
    (
        "A court in Saint Petersburg found the librarian Olga Pletneva guilty of treason and sentenced her to 16 years.",
        {"Olga Pletneva": "sentenced"},
    ),
    (
        "Police in Harare arrested Tendai Mukono, a student leader, on charges of plotting a coup.",
        {"Tendai Mukono": "detained"},
    ),
    (
        "Eduardo Balmaceda, jailed since 2019 for rebellion, has begun a hunger strike in Caracas.",
        {"Eduardo Balmaceda": "detained"},
    ),
    ("The imprisoned cartoonist Sami Haddadin has been moved to hospital in Amman.", {"Sami Haddadin": "detained"}),
    ("Gunmen snatched the priest Emeka Okonjo from his house in Kaduna on Sunday night.", {"Emeka Okonjo": "detained"}),
    (
        "Hassan Al-Mutairi, a Saudi preacher, has died in prison, rights groups said on Wednesday.",
        {"Hassan Al-Mutairi": "died"},
    ),
    ("The activist Lin Yating was found dead in her cell in Yangon in March, officials said.", {"Lin Yating": "died"}),
    ("The death in custody of Pavel Ustinovich, a union leader, drew protests in Minsk.", {"Pavel Ustinovich": "died"}),
    (
        "France welcomed the release of Camille Rousselot, a doctor held in Iran since 2023.",
        {"Camille Rousselot": "released"},
    ),
    (
        "Canada called for the release of Camille Rousselot, a doctor held in Iran since 2023.",
        {"Camille Rousselot": "detained"},
    ),
    ("The journalist Mehmet Karadag walked free from a prison in Ankara on Friday.", {"Mehmet Karadag": "released"}),
    (
        "Also released was Farida Osmani, a teacher who had spent three years behind bars.",
        {"Farida Osmani": "released"},
    ),
    (
        "Those released include Viktor Lapko, Maryna Shut and the German citizen Uwe Brandt.",
        {"Viktor Lapko": "released", "Maryna Shut": "released", "Uwe Brandt": "released"},
    ),
    (
        "The freed men, Jonas Petrauskas and Andrius Valys, were flown to Vilnius.",
        {"Jonas Petrauskas": "released", "Andrius Valys": "released"},
    ),
    (
        "President Kais Ferchichi pardoned the singer Amel Trabelsi on Saturday.",
        {"Amel Trabelsi": "pardoned", "Kais Ferchichi": None},
    ),
    (
        "The president granted clemency to Henry Odhiambo, who had served 20 years for murder.",
        {"Henry Odhiambo": "pardoned"},
    ),
    ("The trial of Farhad Nazari, a Kurdish mayor, opened in Diyarbakir on Monday.", {"Farhad Nazari": "on_trial"}),
    (
        "Adama Sarr appeared in court in Dakar on Tuesday charged with insulting the head of state.",
        {"Adama Sarr": "charged"},
    ),
    (
        "Leopold Nkurunziza-Bizimana appeared before a judge in Bujumbura on charges of espionage.",
        {"Leopold Nkurunziza-Bizimana": "charged"},
    ),
    ("Prosecutors in Baku have indicted the banker Elvin Sadiqli on charges of treason.", {"Elvin Sadiqli": "charged"}),
    (
        "The suspected arms dealer Goran Petkovic was extradited from Cyprus to the United States last week.",
        {"Goran Petkovic": "detained"},
    ),
    ("Prosecutors asked for eleven years for the editor Selma Aydin.", {"Selma Aydin": None}),
    ("Ivan Kolodko was sentenced in absentia to 18 years by a court in Moscow.", {"Ivan Kolodko": "sentenced"}),
    pytest.param(
        "The lawyer Bui Thanh Long has been missing since March, his wife said.",
        {"Bui Thanh Long": "missing"},
        marks=pytest.mark.xfail(strict=True, reason="missing alone is said of lost hikers too"),
    ),
    (
        "Police detained the rapper Nik Sorokin for several hours in Moscow on Sunday and then let him go.",
        {"Nik Sorokin": "released"},
    ),
    (
        "The ousted premier Abdou Ramde was moved from prison to house arrest in Ouagadougou in April.",
        {"Abdou Ramde": "detained"},
    ),
    ("Hours after he was freed, Abdou Ramde was rearrested at his home.", {"Abdou Ramde": "detained"}),
    (
        "Russia released the teacher Mark Ellison in exchange for the hacker Denis Yermolin in February.",
        {"Mark Ellison": "exchanged", "Denis Yermolin": "exchanged"},
    ),
    (
        "Washington traded the Russian pilot Oleg Burmistrov for the student Kayla Reeves in 2022.",
        {"Oleg Burmistrov": "exchanged", "Kayla Reeves": "exchanged"},
    ),
    (
        "Naser Jahani, a British-Iranian environmentalist, was taken into custody at Tehran airport in March.",
        {"Naser Jahani": "detained"},
    ),
    ("The general, Sekou Bangoura, is serving life for his part in the massacre.", {"Sekou Bangoura": "sentenced"}),
    (
        "Amnesty says that the blogger Huda Rashidi was wrongfully convicted of terrorism in Riyadh in 2022.",
        {"Huda Rashidi": "convicted"},
    ),
    ("Islamic State militants beheaded the driver Yusuf Ndlovu in 2017.", {"Yusuf Ndlovu": "died"}),
    (
        "Her father, the dissident Zhou Weimin, was taken away by police in Shanghai in 2020 and has not been seen since.",
        {"Zhou Weimin": "detained"},
    ),
    (
        "Three oil workers, Piet van Rooyen, Luis Carmona and Ahmed Jibril, were seized by pirates off Benin on Tuesday.",
        {"Piet van Rooyen": "detained", "Luis Carmona": "detained", "Ahmed Jibril": "detained"},
    ),
    ("The army said it had captured the rebel commander Juma Lubwama near Beni.", {"Juma Lubwama": "detained"}),
    ("Soldiers rescued the nurse Grace Achieng from her kidnappers on Monday.", {"Grace Achieng": "released"}),
    ("Grace Achieng, a nurse, escaped from her captors after two weeks.", {"Grace Achieng": "released"}),
    (
        "The family of Daniel Cho, an American pastor detained in North Korea in 2018, pleaded for news.",
        {"Daniel Cho": "detained"},
    ),
    (
        "North Korea sentenced Daniel Cho, an American pastor, to eight years of hard labour in 2018.",
        {"Daniel Cho": "sentenced"},
    ),
    ("Salim Haroun, who denies the charge, could face the death penalty if convicted.", {"Salim Haroun": None}),
    ("Lawyers for the jailed mayor Burak Ceylan said he would stand trial in September.", {"Burak Ceylan": "detained"}),
    (
        "Alisher Nurov spent four years in a Tashkent jail before being amnestied in 2021.",
        {"Alisher Nurov": "pardoned"},
    ),
    ("A judge ordered the release of the student Aya Nabulsi on Thursday.", {"Aya Nabulsi": None}),
    ("Bulgaria refused to hand over the businessman Petar Ganchev to Moscow.", {"Petar Ganchev": None}),
    ("Kenya denied holding the exile Abdi Warsame.", {"Abdi Warsame": None}),
    (
        "Jean-Marc Obiang, head of the electoral commission, was arrested along with his deputy, Rose Mba, in Libreville on Thursday.",
        {"Jean-Marc Obiang": "detained", "Rose Mba": "detained"},
    ),
    ("The singer Dina Wakim was acquitted and set free in Beirut on Monday.", {"Dina Wakim": "released"}),
    (
        "After 14 months in a Syrian jail, the photographer Leo Marchetti came home to Turin on Wednesday.",
        {"Leo Marchetti": "released"},
    ),
    (
        "Mr Osei was jailed for seven years in 2020 for leaking secrets. Kwabena Osei, 44, says he is innocent.",
        {"Kwabena Osei": "sentenced"},
    ),
    pytest.param(
        "Authorities in Eritrea have held the editor Dawit Isayas incommunicado since September 2001.",
        {"Dawit Isayas": "detained"},
        marks=pytest.mark.xfail(strict=True, reason="the parser takes the name for a part of 'incommunicado'"),
    ),
    pytest.param(
        "The two pilots, captured when their jet was shot down over Kursk, are Ihor Danylo and Serhiy Bondar.",
        {"Ihor Danylo": "detained", "Serhiy Bondar": "detained"},
        marks=pytest.mark.xfail(strict=True, reason="the parser makes a clause of the participle"),
    ),
    ("Her brother Rashid Mansur remains locked up in Sanaa.", {"Rashid Mansur": "detained"}),
    (
        "Tatyana Gusak, serving a 12-year term in Mordovia on charges of sabotage, was put on a plane to Ankara.",
        {"Tatyana Gusak": "sentenced"},
    ),
    (
        "A Turkish court on Wednesday jailed the mayor Selin Ozturk pending trial on corruption charges.",
        {"Selin Ozturk": "detained"},
    ),
    pytest.param(
        "Kidnappers in Haiti demanded a million dollars for the missionary Ruth Kessler.",
        {"Ruth Kessler": "detained"},
        marks=pytest.mark.xfail(strict=True, reason="a ransom asked for shows a captive only to who knows the world"),
    ),
    ("The rebels said they had freed Captain Moussa Diarra as a gesture of goodwill.", {"Moussa Diarra": "released"}),
    ("The rebels promised to free Captain Moussa Diarra before the feast.", {"Moussa Diarra": "detained"}),
    (
        "Reporter Anna Weiss was expelled from Russia on Monday after being questioned for nine hours.",
        {"Anna Weiss": None},
    ),
    ("The judge, Carmen Liu, sentenced the trader to four years.", {"Carmen Liu": None}),
    ("The prison governor, Ali Zand, said the inmate had been pardoned.", {"Ali Zand": None}),
    ("Police said they had arrested a suspect in the killing of the lawmaker Joana Reis.", {"Joana Reis": None}),
    ("Defence lawyer Igor Samsonov said his client had been sentenced to six years.", {"Igor Samsonov": None}),
    (
        "Foreign Minister Lars Ekdahl demanded that Belarus free the students it arrested in March.",
        {"Lars Ekdahl": None},
    ),
]
ORDER = [
    "detained",
    "missing",
    "charged",
    "on_trial",
    "convicted",
    "sentenced",
    "released",
    "pardoned",
    "died",
    "exchanged",
]


@pytest.mark.parametrize(("text", "people"), TOLD)
def test_a_wording_tells_of_these_people_and_of_nobody_else(read, text, people):
    """The furthest status asserted of each person named, none of those who hold, judge, speak or only wish."""
    told: dict[str, str] = {}
    for report in read(f"The report came on Tuesday.\n\n{text}", "2025-06-11").custody:
        if report.polarity == "asserted":
            before = told.get(report.person.name, "detained")
            told[report.person.name] = max(before, report.status, key=ORDER.index)
    assert told == {name: status for name, status in people.items() if status is not None}
